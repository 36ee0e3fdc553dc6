package dev.fairground.registration;

import dev.fairground.catalog.CatalogResolver;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Write;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Scope;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.Mutations;
import dev.fairground.mutation.Mutations.Attempt;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import dev.fairground.mutation.Verdict;
import dev.fairground.party.PartyResolver;
import dev.fairground.registration.ApplicationStarts.Thing;
import dev.fairground.resource.ResourceResolver;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The mutations {@code registrationApplicationCreate}, which makes a draft, and {@code
 * registrationRenew}, which applies for a renewal at once.
 */
final class ApplicationCreate {
  private final Mutations hidden;
  private final RegistrationApplications applications;
  private final ApplicationStarts starts;
  private final RegisteredVersions versions;
  private final ApplicationDesk desk;
  private final ApplicationSubmit submit;

  ApplicationCreate(Database database, ApplicationDesk desk, ApplicationSubmit submit) {
    this.hidden = Mutations.ofHiddenContent(database);
    this.applications = new RegistrationApplications(database);
    this.starts = new ApplicationStarts(database);
    this.versions = new RegisteredVersions(database);
    this.desk = desk;
    this.submit = submit;
  }

  Future<RegistrationApplicationPayload> run(Write write, Arguments arguments) {
    var input = Objects.requireNonNull(arguments.input("input"));
    var kind = Objects.requireNonNull(input.value("kind", Registration.Kind.class));
    return once(
        "registrationApplicationCreate",
        write,
        input,
        transaction ->
            begin(transaction, write, input, kind)
                .compose(
                    verdict ->
                        switch (verdict) {
                          case Verdict.Rejected<ApplicationStart> rejected ->
                              Future.succeededFuture(Verdict.rejected(rejected.errors()));
                          case Verdict.Accepted<ApplicationStart> accepted ->
                              applications
                                  .insert(transaction, write, accepted.payload())
                                  .compose(made -> told(transaction, write, made));
                        }));
  }

  Future<RegistrationApplicationPayload> renew(Write write, Arguments arguments) {
    var input = Objects.requireNonNull(arguments.input("input"));
    return once(
        "registrationRenew",
        write,
        input,
        transaction ->
            begin(transaction, write, input, Registration.Kind.RENEWAL)
                .compose(
                    verdict ->
                        switch (verdict) {
                          case Verdict.Rejected<ApplicationStart> rejected ->
                              Future.succeededFuture(Verdict.rejected(rejected.errors()));
                          case Verdict.Accepted<ApplicationStart> accepted ->
                              applications
                                  .insert(transaction, write, accepted.payload())
                                  .compose(
                                      made ->
                                          submit.submit(
                                              transaction,
                                              write,
                                              made,
                                              input.path("registrationId")))
                                  .compose(outcome -> desk.settle(transaction, write, outcome));
                        }));
  }

  private Future<RegistrationApplicationPayload> once(
      String mutation,
      Write write,
      Arguments input,
      java.util.function.Function<SqlConnection, Future<Verdict<RegistrationApplicationPayload>>>
          work) {
    return hidden.once(
        new Attempt<>(mutation, write, input, RegistrationApplicationPayload::refused),
        work,
        (transaction, made) ->
            applications
                .findForUpdate(transaction, write, Ids.uuid(made))
                .map(found -> RegistrationApplicationPayload.of(found, Affected.NONE)));
  }

  private Future<Verdict<RegistrationApplicationPayload>> told(
      SqlConnection transaction, Write write, RegistrationApplication made) {
    return desk.tell(transaction, write, made, List.of())
        .map(
            told ->
                Verdict.accepted(
                    RegistrationApplicationPayload.of(made, Affected.NONE), made.globalId()));
  }

  private Future<Verdict<ApplicationStart>> begin(
      SqlConnection transaction, Write write, Arguments input, Registration.Kind kind) {
    UUID applicant = Objects.requireNonNull(input.id("applicantId", PartyResolver.PREFIX));
    if (!write.viewer().may(Scope.REGISTRATION_WRITE, applicant)) {
      return rejected(ApplicationDesk.forbidden(input, "applicantId"));
    }
    var shape = ApplicationShape.problems(input, kind);
    if (!shape.isEmpty()) {
      return Future.succeededFuture(Verdict.rejected(shape));
    }
    return thing(transaction, input, kind)
        .compose(
            thing ->
                thing == null
                    ? rejected(InputError.notFound(input, ApplicationShape.subject(input, kind)))
                    : of(transaction, write, input, kind, applicant, thing));
  }

  private Future<@Nullable Thing> thing(
      SqlConnection transaction, Arguments input, Registration.Kind kind) {
    if (kind != Registration.Kind.FIRST) {
      return starts.registered(
          transaction, Objects.requireNonNull(input.id("registrationId", Registration.PREFIX)));
    }
    var product =
        input.id("productId", CatalogResolver.DATA_PRODUCT, CatalogResolver.SERVICE_CAPABILITY);
    if (product != null) {
      return starts.product(transaction, product);
    }
    return starts.resource(
        transaction,
        Objects.requireNonNull(input.id("resourceId", ResourceResolver.PREFIX)),
        Boolean.TRUE.equals(input.bool("openResource"))
            ? Registration.Subject.OPEN_RESOURCE
            : Registration.Subject.RESOURCE);
  }

  private Future<Verdict<ApplicationStart>> of(
      SqlConnection transaction,
      Write write,
      Arguments input,
      Registration.Kind kind,
      UUID applicant,
      Thing thing) {
    var errors = new ArrayList<UserError>();
    var joint = input.ids("jointApplicantIds", PartyResolver.PREFIX).stream().distinct().toList();
    var isRegistrant =
        thing.holderId() == null
            || thing.holderId().equals(applicant)
            || joint.contains(thing.holderId());
    if (!isRegistrant && kind != Registration.Kind.CORRECTION) {
      errors.add(
          new InputError(
              UserErrorCode.INVALID,
              "Another organization holds it, and registers it. Only a correction may be applied for by others.",
              input.path("applicantId"),
              "registrant"));
    }
    var content = ApplicationContent.read(input.input("content"));
    errors.addAll(content.errors());
    var request = ApplicationRequest.read(input.input("request"), new JsonObject(), errors);
    var registrar =
        thing.registrarId() != null
            ? thing.registrarId()
            : Objects.requireNonNull(input.id("registrarId", PartyResolver.PREFIX));
    if (registrar.equals(applicant)) {
      errors.add(
          new InputError(
              UserErrorCode.INVALID,
              "Nobody decides its own application. Apply to another registrar.",
              input.path(thing.registrarId() == null ? "registrarId" : "registrationId"),
              "registrarApart"));
    }
    return starts
        .jurisdictions(transaction, registrar, write.moment().day())
        .compose(
            jurisdictions ->
                starts
                    .known(transaction, joint)
                    .compose(
                        known -> {
                          if (known != joint.size()) {
                            errors.add(InputError.notFound(input, "jointApplicantIds"));
                          }
                          var jurisdiction =
                              ApplicationShape.jurisdiction(input, kind, jurisdictions, errors);
                          return before(
                                  transaction,
                                  kind,
                                  input,
                                  isRegistrant && thing.holderId() != null)
                              .map(
                                  before -> {
                                    var blocks = content.into(before);
                                    errors.addAll(ApplicationContent.contradictions(input, blocks));
                                    return errors.isEmpty()
                                        ? Verdict.accepted(
                                            new ApplicationStart(
                                                kind,
                                                thing.kind(),
                                                thing.resourceId(),
                                                thing.operatorId(),
                                                thing.productId(),
                                                input.id("registrationId", Registration.PREFIX),
                                                applicant,
                                                joint,
                                                registrar,
                                                jurisdiction,
                                                input.date("providedOn"),
                                                blocks,
                                                request))
                                        : Verdict.rejected(errors);
                                  });
                        }));
  }

  /** A change begins with what is registered, which only its registrant is shown. */
  private Future<JsonObject> before(
      SqlConnection transaction, Registration.Kind kind, Arguments input, boolean isRegistrant) {
    return kind == Registration.Kind.CHANGE && isRegistrant
        ? versions.content(
            transaction, Objects.requireNonNull(input.id("registrationId", Registration.PREFIX)))
        : Future.succeededFuture(new JsonObject());
  }

  private static Future<Verdict<ApplicationStart>> rejected(UserError error) {
    return Future.succeededFuture(Verdict.rejected(error));
  }
}
