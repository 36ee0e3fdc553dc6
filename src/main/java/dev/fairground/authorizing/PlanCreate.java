package dev.fairground.authorizing;

import static java.util.Objects.requireNonNull;

import dev.fairground.authorization.AuthorizationResolver;
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
import dev.fairground.sql.Database;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The mutation {@code authorizationPlanCreate}. */
final class PlanCreate {
  private final Database database;
  private final Mutations mutations;
  private final PlanRepository plans;
  private final GrantRepository grants;
  private final ScopeReferences references;
  private final PlanDesk desk;

  PlanCreate(Database database, PlanDesk desk) {
    this.database = database;
    this.mutations = Mutations.ofHiddenContent(database);
    this.plans = new PlanRepository(database);
    this.grants = new GrantRepository(database);
    this.references = new ScopeReferences(database);
    this.desk = desk;
  }

  /** What a plan begins with, and the content that it begins with. */
  private record Begin(PlanStart start, JsonObject content) {}

  Future<AuthorizationPlanPayload> run(Write write, Arguments arguments) {
    var input = requireNonNull(arguments.input("input"));
    var given = PlanContent.read(input.input("content"));
    return mutations.once(
        new Attempt<>("authorizationPlanCreate", write, input, AuthorizationPlanPayload::refused),
        transaction ->
            begin(transaction, write, input)
                .compose(
                    begun ->
                        switch (begun) {
                          case Verdict.Rejected<Begin> rejected ->
                              Future.succeededFuture(
                                  Verdict.rejected(both(given.errors(), rejected.errors())));
                          case Verdict.Accepted<Begin> accepted ->
                              create(transaction, write, input, given, accepted.payload());
                        }),
        (transaction, made) ->
            plans
                .findForUpdate(transaction, write, Ids.uuid(made))
                .map(plan -> new AuthorizationPlanPayload(plan, List.of())));
  }

  private static List<UserError> both(List<UserError> some, List<UserError> others) {
    var all = new ArrayList<>(some);
    all.addAll(others);
    return all;
  }

  private Future<Verdict<Begin>> begin(SqlConnection transaction, Write write, Arguments input) {
    var revises = input.id("revises", AuthorizationResolver.PREFIX);
    var errors = new ArrayList<UserError>();
    for (var member : List.of("institutionId", "jurisdictionCode")) {
      if (input.has(member) == (revises != null)) {
        errors.add(
            InputError.at(
                input,
                member,
                revises != null ? UserErrorCode.INVALID : UserErrorCode.REQUIRED,
                "A new authorization needs institutionId and jurisdictionCode; a change names the authorization by revises alone."));
      }
    }
    if (!errors.isEmpty()) {
      return Future.succeededFuture(Verdict.rejected(errors));
    }
    return revises == null
        ? ofNew(transaction, write, input)
        : ofChange(transaction, write, input, revises);
  }

  private static final String GROUND =
      """
      -- groundOfAuthorizationPlan
      select exists (select 1 from jurisdiction j where j.code = $2),
             exists (
               select 1 from organization_role r
                where r.organization_id = $1 and r.role = 'IMPLEMENTING_INSTITUTION' and r.jurisdiction_code = $2
                  and r.starts_on <= $3 and (r.ends_on is null or r.ends_on >= $3)),
             coalesce((
               select o.demonstration from organization_version o
                where o.organization_id = $1 and o.valid_to = 'infinity'), false)
      """;

  private Future<Verdict<Begin>> ofNew(SqlConnection transaction, Write write, Arguments input) {
    var institution = requireNonNull(input.id("institutionId", PartyResolver.PREFIX));
    var jurisdiction = requireNonNull(input.string("jurisdictionCode"));
    if (!write.viewer().may(Scope.AUTHORIZATION_WRITE, institution)) {
      return Future.succeededFuture(Verdict.rejected(PlanDesk.forbidden(input, "institutionId")));
    }
    return database
        .first(
            transaction,
            GROUND,
            Tuple.of(institution, jurisdiction, write.moment().day()),
            row -> {
              if (!Rows.truth(row, 0)) {
                return Verdict.<Begin>rejected(InputError.notFound(input, "jurisdictionCode"));
              }
              if (!Rows.truth(row, 1)) {
                return Verdict.<Begin>rejected(
                    InputError.at(
                        input,
                        "institutionId",
                        UserErrorCode.INVALID,
                        "It is no implementing institution of this jurisdiction today. Name one of those where it is."));
              }
              return Verdict.accepted(
                  new Begin(
                      new PlanStart(institution, jurisdiction, null, Rows.truth(row, 2)),
                      new JsonObject()));
            })
        .map(found -> requireNonNull(found));
  }

  private Future<Verdict<Begin>> ofChange(
      SqlConnection transaction, Write write, Arguments input, UUID id) {
    return grants
        .find(transaction, write, id)
        .compose(
            grant -> {
              if (grant == null) {
                return rejected(InputError.notFound(input, "revises"));
              }
              if (!write.viewer().may(Scope.AUTHORIZATION_WRITE, grant.institutionId())) {
                return rejected(PlanDesk.forbidden(input, "revises"));
              }
              if (!grant.isInUse()) {
                return rejected(
                    new dev.fairground.mutation.StateTransitionError(
                        "An authorization that is %s is not changed by a plan."
                            .formatted(grant.state()),
                        input.path("revises"),
                        grant.state().name(),
                        List.of()));
              }
              return plans
                  .findBinding(transaction, id)
                  .map(binding -> Verdict.accepted(change(grant, binding)));
            });
  }

  /** The content of the plan that binds now, with the scope and the term as they are. */
  private static Begin change(Grant grant, @Nullable AuthorizationPlan binding) {
    var content = binding == null ? new JsonObject() : binding.content().copy();
    content.mergeIn(grant.planned());
    return new Begin(
        new PlanStart(
            grant.institutionId(), grant.jurisdictionCode(), grant.id(), grant.isDemonstration()),
        content);
  }

  private Future<Verdict<AuthorizationPlanPayload>> create(
      SqlConnection transaction,
      Write write,
      Arguments input,
      PlanContent.Given given,
      Begin begin) {
    var content = given.into(begin.content());
    var at = input.input("content");
    return (at == null
            ? Future.succeededFuture(List.<UserError>of())
            : references
                .unknown(transaction, given.given(), at)
                .map(unknown -> both(unknown, PlanContent.contradictions(input, content))))
        .compose(
            against -> {
              var errors = both(given.errors(), against);
              if (!errors.isEmpty()) {
                return Future.succeededFuture(Verdict.rejected(errors));
              }
              return plans
                  .insert(transaction, write, begin.start(), content)
                  .compose(
                      plan ->
                          desk.tell(transaction, write, plan, List.of())
                              .map(
                                  told ->
                                      Verdict.accepted(
                                          new AuthorizationPlanPayload(plan, List.of()),
                                          Ids.write(PlanDesk.PREFIX, plan.id()))));
            });
  }

  private static Future<Verdict<Begin>> rejected(UserError error) {
    return Future.succeededFuture(Verdict.rejected(error));
  }
}
