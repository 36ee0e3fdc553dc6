package dev.fairground.authorizing;

import static java.util.Objects.requireNonNull;

import dev.fairground.authorization.AuthorizationGrant.State;
import dev.fairground.authorizing.GrantDesk.Change;
import dev.fairground.clock.Clocks;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Write;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import dev.fairground.mutation.Verdict;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The mutations {@code authorizationSign}, {@code authorizationFile} and {@code
 * authorizationAmend}: what is agreed lies within what was planned and decided.
 */
final class GrantAgree {
  static final String FILING = "agreementFilingWd";

  private final GrantDesk desk;
  private final GrantRepository grants;
  private final PlanRepository plans;
  private final ScopeReferences references;
  private final Clocks clocks;

  GrantAgree(Database database, GrantDesk desk) {
    this.desk = desk;
    this.grants = new GrantRepository(database);
    this.plans = new PlanRepository(database);
    this.references = new ScopeReferences(database);
    this.clocks = new Clocks(database);
  }

  /** Records the signed agreement; its filing is due from that day on. */
  Future<AuthorizationPayload> sign(Write write, Arguments arguments) {
    var input = requireNonNull(arguments.input("input"));
    return desk.change(
        "authorizationSign",
        GrantAction.SIGN,
        write,
        input,
        (transaction, open) -> {
          var grant = open.grant();
          var errors = new ArrayList<UserError>();
          var form = new Form(input, errors);
          var columns =
              new JsonObject()
                  .put("state", State.AGREED.name())
                  .put("agreement_number", form.needed("agreementNumber", Form.NUMBER))
                  .put("decision_record", form.needed("decisionRecord", Form.SHORT));
          publicTexts(columns, form, "exitTerms", "exit_terms", grant);
          publicTexts(columns, form, "securityDuties", "security_duties", grant);
          var signedOn =
              input.has("signedOn") ? requireNonNull(input.date("signedOn")) : write.moment().day();
          columns.put("signed_on", signedOn.toString());
          if (signedOn.isAfter(write.moment().day())) {
            form.error(
                "signedOn", UserErrorCode.INVALID, "It is to come. Record it when it is signed.");
          }
          var publicUntil = grant.day("publicity_ends_on");
          if (publicUntil != null && !signedOn.isAfter(publicUntil)) {
            form.error(
                "signedOn",
                UserErrorCode.INVALID,
                "The candidate is public until %s. Sign on a later day.".formatted(publicUntil),
                CandidateAnnounce.PUBLICITY);
          }
          var terms = AgreedTerms.read(input, grant, errors);
          if (terms.endsOn().isBefore(write.moment().day())
              && !terms.endsOn().isBefore(terms.startsOn())) {
            form.error(
                "endsOn",
                UserErrorCode.INVALID,
                "The term would be over on the day of signing. Agree on a later one.");
          }
          var agreement = AgreementForm.read(input, errors);
          return plans
              .findBinding(transaction, grant.id())
              .compose(
                  plan ->
                      against(transaction, input, grant, terms, plan, false, errors)
                          .compose(
                              all ->
                                  all.isEmpty()
                                      ? clocks
                                          .start(
                                              transaction,
                                              write,
                                              new Clocks.Start(
                                                  grant.globalId(),
                                                  FILING,
                                                  grant.jurisdictionCode(),
                                                  grant.institutionId(),
                                                  null,
                                                  signedOn))
                                          .map(
                                              due ->
                                                  Verdict.accepted(
                                                      change(
                                                          columns,
                                                          terms,
                                                          agreement,
                                                          List.of(
                                                              "state",
                                                              "term",
                                                              "resources",
                                                              "scenarios"))))
                                      : Future.succeededFuture(Verdict.rejected(all))));
        });
  }

  /** Takes the filing: it is in use, and disclosed. */
  Future<AuthorizationPayload> file(Write write, Arguments arguments) {
    var input = requireNonNull(arguments.input("input"));
    var errors = new ArrayList<UserError>();
    var number = new Form(input, errors).needed("filingNumber", Form.NUMBER);
    var today = write.moment().day();
    return desk.change(
        "authorizationFile",
        GrantAction.FILE,
        write,
        input,
        (transaction, open) ->
            errors.isEmpty()
                ? clocks
                    .meet(transaction, write, open.grant().globalId(), FILING)
                    .compose(met -> grants.operates(transaction, open.grant(), today))
                    .map(
                        done ->
                            Verdict.accepted(
                                Change.of(
                                    new JsonObject()
                                        .put("state", State.ACTIVE.name())
                                        .put("filing_number", number)
                                        .put("filed_on", today.toString())
                                        .put("disclosed_on", today.toString()),
                                    "state",
                                    "filedOn",
                                    "disclosedOn")))
                : Future.succeededFuture(Verdict.rejected(errors)));
  }

  /** Changes what was agreed, within the plan that binds. */
  Future<AuthorizationPayload> amend(Write write, Arguments arguments) {
    var input = requireNonNull(arguments.input("input"));
    return desk.change(
        "authorizationAmend",
        GrantAction.AMEND,
        write,
        input,
        (transaction, open) -> {
          var grant = open.grant();
          var errors = new ArrayList<UserError>();
          var form = new Form(input, errors);
          var columns = new JsonObject();
          var reason = form.reason("reason");
          if (grant.state() == State.ACTIVE) {
            columns.put("state_reason", reason);
          }
          var decision = form.text("decisionRecord", Form.SHORT);
          if (decision != null) {
            columns.put("decision_record", decision);
          }
          publicTexts(columns, form, "content", "content", grant);
          publicTexts(columns, form, "exitTerms", "exit_terms", grant);
          publicTexts(columns, form, "securityDuties", "security_duties", grant);
          var terms = AgreedTerms.read(input, grant, errors);
          if (terms.endsOn().isBefore(write.moment().day())) {
            form.error(
                "endsOn",
                UserErrorCode.INVALID,
                "The term would be over. End the authorization instead: authorizationEnd.");
          }
          var agreement = AgreementForm.read(input, errors);
          return plans
              .findBinding(transaction, grant.id())
              .compose(
                  plan ->
                      against(transaction, input, grant, terms, plan, true, errors)
                          .compose(
                              all ->
                                  all.isEmpty()
                                      ? conclude(transaction, write, grant, plan)
                                          .map(
                                              done ->
                                                  Verdict.accepted(
                                                      change(
                                                          columns,
                                                          terms,
                                                          agreement,
                                                          changed(input))))
                                      : Future.succeededFuture(Verdict.rejected(all))));
        });
  }

  private static List<String> changed(Arguments input) {
    var fields = new ArrayList<String>();
    for (var member : List.of("resources", "scenarios", "content", "exitTerms", "securityDuties")) {
      if (input.has(member)) {
        fields.add(member);
      }
    }
    if (input.has("startsOn") || input.has("endsOn")) {
      fields.add("term");
    }
    return fields;
  }

  private static void publicTexts(
      JsonObject columns, Form form, String member, String column, Grant grant) {
    var text = form.text(member, Form.LONG);
    columns.put(column, text == null ? grant.text(column) : text);
  }

  private static Change change(
      JsonObject columns, AgreedTerms terms, @Nullable JsonObject agreement, List<String> fields) {
    columns
        .put("starts_on", terms.startsOn().toString())
        .put("ends_on", terms.endsOn().toString())
        .put("term_reason", terms.termReason());
    return new Change(columns, terms.scope(), agreement, fields);
  }

  /** Everything that stands against the terms, with what stood against the form before. */
  private Future<List<UserError>> against(
      SqlConnection transaction,
      Arguments input,
      Grant grant,
      AgreedTerms terms,
      @Nullable AuthorizationPlan plan,
      boolean agreed,
      List<UserError> errors) {
    errors.addAll(
        TermRules.against(
            input, terms.startsOn(), terms.endsOn(), terms.termReason(), grant.limit()));
    errors.addAll(terms.beyond(input, grant, plan, agreed));
    if (terms.scope().resources().isEmpty()) {
      new Form(input, errors)
          .error(
              "resources",
              UserErrorCode.REQUIRED,
              "An authorization without data is none. Name at least one resource, or end it.");
    }
    if ("BY_SCENARIO".equals(grant.text("mode")) && !terms.scope().isClosed()) {
      new Form(input, errors)
          .error(
              "scenarios",
              UserErrorCode.REQUIRED,
              "Its mode is BY_SCENARIO. Allow at least one scenario.",
              "modeByScenario");
    }
    var given = new JsonObject();
    var json = terms.scope().json();
    for (var member : List.of("resources", "scenarios")) {
      given.put(member, input.has(member) ? json.getJsonArray(member) : new JsonArray());
    }
    return references
        .unknown(transaction, given, input)
        .compose(
            unknown -> {
              errors.addAll(unknown);
              return terms.endsOn().isBefore(terms.startsOn())
                  ? Future.succeededFuture(errors)
                  : grants
                      .others(transaction, grant, terms.startsOn(), terms.endsOn(), terms.scope())
                      .map(
                          others -> {
                            errors.addAll(terms.overlapping(input, others));
                            return errors;
                          });
            });
  }

  /** A plan of the change that was filed has led to it now. */
  private Future<Void> conclude(
      SqlConnection transaction, Write write, Grant grant, @Nullable AuthorizationPlan plan) {
    if (plan == null || plan.state() != PlanState.PLAN_FILED) {
      return Future.succeededFuture();
    }
    return plans
        .save(
            transaction,
            write,
            plan.id(),
            new JsonObject()
                .put("state", PlanState.CONCLUDED.name())
                .put("grant_id", grant.id().toString()))
        .mapEmpty();
  }
}
