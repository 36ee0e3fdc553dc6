package dev.fairground.authorizing;

import static java.util.Objects.requireNonNull;

import dev.fairground.authorization.AuthorizationGrant.State;
import dev.fairground.authorization.AuthorizationResolver;
import dev.fairground.clock.Clocks;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Write;
import dev.fairground.kernel.Ids;
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
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The mutation {@code authorizationCandidateAnnounce}: of a plan, which only some read, comes an
 * authorization that everybody reads.
 */
final class CandidateAnnounce {
  static final String PUBLICITY = "candidatePublicityWd";

  private final Database database;
  private final Mutations mutations;
  private final PlanDesk planDesk;
  private final GrantDesk desk;
  private final PlanRepository plans;
  private final GrantRepository grants;
  private final Clocks clocks;

  CandidateAnnounce(Database database, PlanDesk planDesk, GrantDesk desk) {
    this.database = database;
    this.mutations = Mutations.ofPublicContent(database);
    this.planDesk = planDesk;
    this.desk = desk;
    this.plans = new PlanRepository(database);
    this.grants = new GrantRepository(database);
    this.clocks = new Clocks(database);
  }

  /** What the caller says of the candidate. */
  private record Candidate(
      UUID operatorId,
      String number,
      int bidders,
      boolean exclusive,
      @Nullable String exclusiveReason) {}

  Future<AuthorizationPayload> run(Write write, Arguments arguments) {
    var input = requireNonNull(arguments.input("input"));
    var errors = new ArrayList<UserError>();
    var candidate = read(input, errors);
    return mutations.once(
        new Attempt<>(
            "authorizationCandidateAnnounce", write, input, AuthorizationPayload::refused),
        transaction ->
            planDesk
                .open(transaction, PlanAction.ANNOUNCE_CANDIDATE, write, input)
                .compose(
                    opened ->
                        switch (opened) {
                          case Verdict.Rejected<PlanDesk.Open> rejected ->
                              Future.succeededFuture(Verdict.rejected(rejected.errors()));
                          case Verdict.Accepted<PlanDesk.Open> accepted ->
                              against(
                                      transaction,
                                      write,
                                      input,
                                      accepted.payload().plan(),
                                      candidate,
                                      errors)
                                  .compose(
                                      all ->
                                          all.isEmpty()
                                              ? announce(
                                                  transaction,
                                                  write,
                                                  accepted.payload().plan(),
                                                  candidate)
                                              : Future.succeededFuture(Verdict.rejected(all)));
                        }),
        (transaction, made) -> Future.succeededFuture(AuthorizationPayload.of(Ids.uuid(made))));
  }

  private static Candidate read(Arguments input, List<UserError> errors) {
    var form = new Form(input, errors);
    var number = form.needed("number", Form.NUMBER);
    if (!number.strip().equals(number)) {
      form.error("number", UserErrorCode.INVALID, "Must have no blanks around it.");
    }
    int bidders = requireNonNull(input.integer("bidders"));
    if (bidders < 1) {
      form.error("bidders", UserErrorCode.INVALID, "The candidate took part itself. At least 1.");
    }
    var exclusive = Boolean.TRUE.equals(input.bool("exclusive"));
    var reason = form.text("exclusiveReason", Form.LONG);
    if (exclusive && reason == null) {
      form.error(
          "exclusiveReason",
          UserErrorCode.REASON_REQUIRED,
          "Nobody else is to get the same. Say why.",
          "nonExclusiveGrant");
    }
    return new Candidate(
        requireNonNull(input.id("operatorId", PartyResolver.PREFIX)),
        number,
        bidders,
        exclusive,
        exclusive ? reason : null);
  }

  /** What is known of the organization that is to operate. */
  private record Known(
      @Nullable String kind,
      boolean numberTaken,
      boolean supervises,
      @Nullable String kinds,
      boolean noInstitution) {
    static Known of(Row row) {
      return new Known(
          row.getString(0),
          Rows.truth(row, 1),
          Rows.truth(row, 2),
          row.getString(3),
          Rows.truth(row, 4));
    }
  }

  private static final String KNOWN =
      """
      -- candidateOfAuthorization
      select (select o.kind from organization_version o where o.organization_id = $1 and o.valid_to = 'infinity'),
             exists (select 1 from authorization_grant g where g.number = $2),
             is_data_authority(array[$1::uuid], $3, $4),
             rule_value($3, 'operatorKinds', $4),
             rule_value($3, 'operatorMayBePublicInstitution', $4) = 'false'
      """;

  private Future<List<UserError>> against(
      SqlConnection transaction,
      Write write,
      Arguments input,
      AuthorizationPlan plan,
      Candidate candidate,
      List<UserError> form) {
    return database
        .first(
            transaction,
            KNOWN,
            Tuple.of(
                candidate.operatorId(),
                candidate.number(),
                plan.jurisdictionCode(),
                write.moment().day()),
            Known::of)
        .map(
            known -> {
              var errors = new ArrayList<>(form);
              errors.addAll(decide(input, plan, candidate, requireNonNull(known)));
              return errors;
            });
  }

  /** Pure: who may be authorized (Opinions, item 11; local rules on kinds of operators). */
  private static List<UserError> decide(
      Arguments input, AuthorizationPlan plan, Candidate candidate, Known known) {
    var errors = new ArrayList<UserError>();
    if (known.kind() == null) {
      errors.add(InputError.notFound(input, "operatorId"));
      return errors;
    }
    if (candidate.operatorId().equals(plan.institutionId()) || known.supervises()) {
      errors.add(
          new InputError(
              UserErrorCode.INVALID,
              "Who authorizes or supervises does not operate. Select another organization.",
              input.path("operatorId"),
              "separationOfRoles"));
    }
    if (known.kinds() != null
        && !Arrays.asList(known.kinds().split("\\s+")).contains(known.kind())) {
      errors.add(
          new InputError(
              UserErrorCode.INVALID,
              "Operators are %s here, and this organization is %s. Select another one, or correct what is recorded of it."
                  .formatted(known.kinds().replace(" ", " or "), known.kind()),
              input.path("operatorId"),
              "operatorKinds"));
    }
    if (known.noInstitution() && "PUBLIC_INSTITUTION".equals(known.kind())) {
      errors.add(
          new InputError(
              UserErrorCode.INVALID,
              "A public institution does not operate here. Select another organization.",
              input.path("operatorId"),
              "operatorMayBePublicInstitution"));
    }
    if (known.numberTaken()) {
      errors.add(
          InputError.at(
              input,
              "number",
              UserErrorCode.ALREADY_EXISTS,
              "An authorization has this number. Choose another one."));
    }
    return errors;
  }

  private Future<Verdict<AuthorizationPayload>> announce(
      SqlConnection transaction, Write write, AuthorizationPlan plan, Candidate candidate) {
    var id = UUID.randomUUID();
    var subject = Ids.write(AuthorizationResolver.PREFIX, id);
    var today = write.moment().day();
    return clocks
        .start(
            transaction,
            write,
            new Clocks.Start(
                subject, PUBLICITY, plan.jurisdictionCode(), plan.institutionId(), null, today))
        // The span only has to pass: nothing is overdue when it has.
        .compose(due -> clocks.meet(transaction, write, subject, PUBLICITY).map(due))
        .compose(
            due ->
                grants.insert(
                    transaction, write, id, row(plan, candidate, today, due), plan.scope()))
        .compose(
            done ->
                plans.save(
                    transaction,
                    write,
                    plan.id(),
                    new JsonObject()
                        .put("state", PlanState.CONCLUDED.name())
                        .put("grant_id", id.toString())))
        .compose(
            saved -> planDesk.tell(transaction, write, saved, List.of("state", "authorization")))
        .compose(
            told -> desk.tell(transaction, write, subject, 1, candidate.operatorId(), List.of()))
        .map(told -> Verdict.accepted(AuthorizationPayload.of(id), subject));
  }

  /** The first version, by the names of the columns. */
  private static JsonObject row(
      AuthorizationPlan plan, Candidate candidate, LocalDate today, @Nullable LocalDate due) {
    var content = plan.content();
    var title = plan.title();
    var translations = new JsonObject();
    title.translations().forEach(translations::put);
    return new JsonObject()
        .put("number", candidate.number())
        .put("institution_id", plan.institutionId().toString())
        .put("operator_id", candidate.operatorId().toString())
        .put("jurisdiction_code", plan.jurisdictionCode())
        .put("title", title.value())
        .put("locale", title.locale())
        .put("title_translations", translations.isEmpty() ? null : translations)
        .put("mode", content.getString("mode"))
        .put("mode_text", content.getString("modeText"))
        .put("state", State.CANDIDATE_PUBLICITY.name())
        .put("starts_on", content.getString("startsOn"))
        .put("ends_on", content.getString("endsOn"))
        .put("term_reason", content.getString("termReason"))
        .put("fields", content.getJsonArray("fields", new JsonArray()))
        .put("region_codes", content.getJsonArray("regionCodes", new JsonArray()))
        .put("content", content.getString("content"))
        .put("exit_terms", content.getString("exitTerms"))
        .put("selection_method", plan.selectionMethod())
        .put("selection_basis", plan.selectionBasis())
        .put("fair_competition_review", plan.fairCompetitionReview())
        .put("publicity_starts_on", today.toString())
        .put("publicity_ends_on", due == null ? null : due.toString())
        .put("bidders", candidate.bidders())
        .put("exclusive", candidate.exclusive())
        .put("exclusive_reason", candidate.exclusiveReason())
        .put("demonstration", plan.demonstration());
  }
}
