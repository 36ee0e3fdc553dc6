package dev.fairground.access;

import dev.fairground.access.RequestGround.Ground;
import dev.fairground.access.Timeline.Happened;
import dev.fairground.clock.Clocks;
import dev.fairground.eligibility.Ask;
import dev.fairground.eligibility.Eligibilities;
import dev.fairground.eligibility.EligibilityReport;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Write;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Scope;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.Mutations;
import dev.fairground.mutation.Mutations.Attempt;
import dev.fairground.mutation.UserErrorCode;
import dev.fairground.mutation.Verdict;
import dev.fairground.policy.AccessPolicy;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The mutation {@code accessRequestSubmit}: the policy of the day is written down with the request,
 * and the operator's days to decide count from now.
 */
final class RequestSubmit {
  private final Mutations mutations;
  private final AccessRequests requests;
  private final RequestGround grounds;
  private final JudgedBy policies;
  private final Eligibilities eligibilities;
  private final Timeline timeline;
  private final Audience audience;
  private final Clocks clocks;

  RequestSubmit(Database database) {
    this.mutations = Mutations.ofHiddenContent(database);
    this.requests = new AccessRequests(database);
    this.grounds = new RequestGround(database);
    this.policies = new JudgedBy(database);
    this.eligibilities = new Eligibilities(database);
    this.timeline = new Timeline(database);
    this.audience = new Audience(database);
    this.clocks = new Clocks(database);
  }

  Future<AccessRequestSubmitPayload> run(Write write, Arguments arguments) {
    var input = Objects.requireNonNull(arguments.input("input"));
    var form = RequestForm.read(input);
    return mutations.once(
        new Attempt<>("accessRequestSubmit", write, input, AccessRequestSubmitPayload::refused),
        transaction -> submit(transaction, write, input, form),
        (transaction, made) ->
            requests
                .findForUpdate(transaction, write, Ids.uuid(made))
                .map(found -> new AccessRequestSubmitPayload(found, null, List.of())));
  }

  private Future<Verdict<AccessRequestSubmitPayload>> submit(
      SqlConnection transaction, Write write, Arguments input, RequestForm form) {
    if (!write.viewer().may(Scope.REQUEST_WRITE, form.applicantId())) {
      return Future.succeededFuture(
          Verdict.rejected(
              InputError.at(
                  input,
                  "applicantId",
                  UserErrorCode.FORBIDDEN,
                  "These credentials do not apply for this organization.")));
    }
    return grounds
        .find(
            transaction,
            form.productId(),
            form.scenarioId(),
            form.renewsGrantId(),
            form.applicantId())
        .compose(
            ground -> {
              if (ground == null) {
                return Future.succeededFuture(
                    Verdict.rejected(InputError.notFound(input, "productId")));
              }
              var problems = SubmissionRules.problems(input, form, ground, write.moment().day());
              return problems.isEmpty()
                  ? hand(transaction, write, form, ground)
                  : Future.succeededFuture(Verdict.rejected(problems));
            });
  }

  private Future<Verdict<AccessRequestSubmitPayload>> hand(
      SqlConnection transaction, Write write, RequestForm form, Ground ground) {
    return policies
        .today(transaction, write, form.productId())
        .compose(
            policy ->
                eligibilities
                    .of(transaction, write, List.of(ask(form)))
                    .compose(
                        reports ->
                            hand(transaction, write, form, ground, policy, reports.getFirst())));
  }

  private static Ask ask(RequestForm form) {
    return new Ask(
        form.productId(),
        form.applicantId(),
        form.purposeClass(),
        form.scenarioId(),
        form.startsOn(),
        form.endsOn(),
        form.unit(),
        form.unitText(),
        form.quantity(),
        form.documents().stream().map(DocumentForm::code).collect(Collectors.toSet()));
  }

  private Future<Verdict<AccessRequestSubmitPayload>> hand(
      SqlConnection transaction,
      Write write,
      RequestForm form,
      Ground ground,
      AccessPolicy policy,
      EligibilityReport report) {
    var request = request(write, form, ground, policy, report);
    return requests
        .insert(transaction, write, request)
        .compose(
            inserted ->
                clocks.start(
                    transaction,
                    write,
                    new Clocks.Start(
                        request.globalId(),
                        AccessRequest.DECISION,
                        request.jurisdictionCode(),
                        request.operatorId(),
                        request.applicantId(),
                        write.moment().day(),
                        policy.decisionDays())))
        .compose(due -> entered(transaction, write, form, request, due))
        .compose(
            made ->
                audience
                    .tell(transaction, write, made, List.of())
                    .map(
                        told ->
                            Verdict.accepted(
                                new AccessRequestSubmitPayload(made, report, List.of()),
                                made.globalId())));
  }

  private Future<AccessRequest> entered(
      SqlConnection transaction,
      Write write,
      RequestForm form,
      AccessRequest request,
      @Nullable LocalDate due) {
    return timeline
        .append(
            transaction,
            write,
            request.operatorId(),
            request.id(),
            Happened.of(AccessRequestStep.Kind.SUBMITTED, request.applicantId(), null).due(due))
        .compose(
            step ->
                timeline.add(
                    transaction, request.operatorId(), request.id(), step, form.documents()))
        .compose(
            added ->
                requests.next(
                    transaction,
                    write,
                    request.operatorId(),
                    request.id(),
                    Standing.submitted(due)));
  }

  private static AccessRequest request(
      Write write, RequestForm form, Ground ground, AccessPolicy policy, EligibilityReport report) {
    var id = UUID.randomUUID();
    var today = write.moment().day();
    var purpose = ground.scenarioPurpose();
    var purposeClass = purpose == null ? Objects.requireNonNull(form.purposeClass()) : purpose;
    var scenarioClass = ground.scenarioClass();
    return new AccessRequest(
        id,
        ground.operatorId(),
        RequestForm.number(id, today.getYear()),
        form.productId(),
        ground.productVersion(),
        ground.authorizationGrantId(),
        ground.institutionId(),
        ground.jurisdictionCode(),
        form.applicantId(),
        form.scenarioId(),
        scenarioClass == null ? purposeClass : scenarioClass,
        purposeClass,
        form.useStatement(),
        form.startsOn(),
        form.endsOn(),
        form.unit(),
        form.unitText(),
        form.quantity(),
        policy.version(),
        policy.terms().number(),
        form.renewsGrantId(),
        report.standing().name(),
        AccessRequests.now(write),
        today,
        ground.demonstration(),
        0,
        AccessRequest.State.SUBMITTED,
        AccessRequest.Level.OPERATOR,
        AccessRequest.NOTHING_DUE,
        false,
        false,
        false,
        null,
        null,
        null,
        null);
  }
}
