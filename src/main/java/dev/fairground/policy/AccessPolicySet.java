package dev.fairground.policy;

import dev.fairground.event.EventLog;
import dev.fairground.event.EventType;
import dev.fairground.event.NewEvent;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Write;
import dev.fairground.jurisdiction.RuleBook;
import dev.fairground.jurisdiction.RuleBooks;
import dev.fairground.kernel.Ids;
import dev.fairground.mutation.Mutations;
import dev.fairground.mutation.Mutations.Attempt;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.Verdict;
import dev.fairground.policy.PolicyContent.Of;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;

/** The mutation {@code accessPolicySet}: one policy for one product or many, all or none. */
final class AccessPolicySet {
  private final Mutations mutations;
  private final PolicyProducts products;
  private final AccessPolicies policies;
  private final PolicyWriter writer;
  private final RuleBooks rules;
  private final EventLog events;

  AccessPolicySet(Database database) {
    this.mutations = Mutations.ofPublicContent(database);
    this.products = new PolicyProducts(database);
    this.policies = new AccessPolicies(database);
    this.writer = new PolicyWriter(database);
    this.rules = new RuleBooks(database);
    this.events = new EventLog(database);
  }

  Future<AccessPolicySetPayload> run(Write write, Arguments arguments) {
    var input = Objects.requireNonNull(arguments.input("input"));
    var errors = new ArrayList<UserError>();
    var content = PolicyContent.read(input, write.moment().day(), errors);
    return mutations.once(
        new Attempt<>("accessPolicySet", write, input, AccessPolicySetPayload::refused),
        transaction ->
            errors.isEmpty()
                ? set(transaction, write, input, content)
                : Future.succeededFuture(Verdict.rejected(errors)),
        this::again);
  }

  private Future<Verdict<AccessPolicySetPayload>> set(
      SqlConnection transaction, Write write, Arguments input, PolicyContent content) {
    var ids = content.products().stream().map(Of::productId).toList();
    return products
        .hold(transaction, ids)
        .compose(
            found -> {
              var errors = PolicyRules.againstProducts(content, found, write.viewer());
              return errors.isEmpty()
                  ? decide(transaction, write, input, content, found)
                  : Future.succeededFuture(Verdict.rejected(errors));
            });
  }

  /** What is known of products beside themselves. */
  private record Known(
      Map<String, RuleBook> books,
      Map<UUID, AccessPolicy> today,
      Map<UUID, List<AccessPolicy>> later,
      List<UUID> scenarios) {}

  private Future<Known> known(
      SqlConnection transaction,
      Write write,
      PolicyContent content,
      Map<UUID, PolicyProduct> found) {
    var today = write.moment().day();
    var moment = PolicyDecision.afterAll(List.copyOf(found.values()), write.moment().now());
    var jurisdictions =
        found.values().stream().map(PolicyProduct::jurisdictionCode).distinct().toList();
    return rules
        .find(transaction, today, write.moment().now(), jurisdictions)
        .compose(
            books ->
                policies
                    .onDay(transaction, moment, today, found.keySet())
                    .compose(
                        now ->
                            policies
                                .after(transaction, today, found.keySet())
                                .compose(
                                    later ->
                                        products
                                            .scenarios(transaction, PolicyRules.scenarios(content))
                                            .map(
                                                scenarios ->
                                                    new Known(
                                                        books,
                                                        now,
                                                        later.stream()
                                                            .collect(
                                                                Collectors.groupingBy(
                                                                    AccessPolicy::productId)),
                                                        scenarios)))));
  }

  private Future<Verdict<AccessPolicySetPayload>> decide(
      SqlConnection transaction,
      Write write,
      Arguments input,
      PolicyContent content,
      Map<UUID, PolicyProduct> found) {
    return known(transaction, write, content, found)
        .compose(
            known -> {
              var errors =
                  new ArrayList<UserError>(
                      PolicyRules.unknownScenarios(input, content, known.scenarios()));
              var decisions = new ArrayList<PolicyDecision>();
              for (var of : content.products()) {
                var product = Objects.requireNonNull(found.get(of.productId()));
                var bounds =
                    PolicyRules.bounds(
                        Objects.requireNonNull(known.books().get(product.jurisdictionCode())));
                var decision =
                    PolicyDecision.of(
                        product,
                        content,
                        new PolicySchedule(
                            write.moment().day(),
                            Objects.requireNonNull(known.today().get(product.id())),
                            known.later().getOrDefault(product.id(), List.of())),
                        bounds,
                        write.moment().now(),
                        UUID.randomUUID(),
                        UUID.randomUUID());
                errors.addAll(PolicyRules.against(input, content, decision, bounds));
                decisions.add(decision);
              }
              if (errors.isEmpty() && decisions.stream().noneMatch(PolicyDecision::publishes)) {
                errors.add(
                    PolicyForm.invalid(
                        input, "effectiveOn", "This is the policy from that day on already."));
              }
              return errors.isEmpty()
                  ? write(transaction, write, content, decisions)
                  : Future.succeededFuture(Verdict.rejected(errors.stream().distinct().toList()));
            });
  }

  private Future<Verdict<AccessPolicySetPayload>> write(
      SqlConnection transaction,
      Write write,
      PolicyContent content,
      List<PolicyDecision> decisions) {
    var published = decisions.stream().filter(PolicyDecision::publishes).toList();
    return writer
        .write(transaction, write, content, null, published)
        .compose(written -> writer.check(transaction, write, content, published))
        .compose(
            due ->
                events.append(
                    transaction, write, published.stream().map(AccessPolicySet::event).toList()))
        .map(
            told ->
                Verdict.accepted(
                    new AccessPolicySetPayload(
                        decisions.stream().map(AccessPolicySet::outcome).toList(), List.of()),
                    decisions.stream()
                        .map(AccessPolicySet::made)
                        .collect(Collectors.joining("\n"))));
  }

  private static NewEvent event(PolicyDecision decision) {
    return new NewEvent(
        EventType.ACCESS_POLICY_CHANGED,
        decision.product().globalId(),
        null,
        decision.product().operatorId(),
        true,
        decision.publishesTerms()
            ? List.of("accessPolicy", "accessPolicies", "standardTerms")
            : List.of("accessPolicy", "accessPolicies"));
  }

  private static AccessPolicySetPayload.Outcome outcome(PolicyDecision decision) {
    return new AccessPolicySetPayload.Outcome(
        decision.product().id(),
        decision.policy().version(),
        decision.publishes(),
        decision.policy().effectiveOn(),
        decision.change().kind(),
        decision.change().differences());
  }

  /** One line for each product: its global id, the policy's version, whether it was new. */
  private static String made(PolicyDecision decision) {
    return decision.product().globalId()
        + ' '
        + decision.policy().version()
        + ' '
        + decision.publishes();
  }

  private Future<AccessPolicySetPayload> again(SqlConnection transaction, String made) {
    var lines = made.lines().map(line -> line.split(" ", 3)).toList();
    var versions = new HashMap<UUID, Integer>();
    lines.forEach(line -> versions.put(Ids.uuid(line[0]), Integer.valueOf(line[1])));
    return writer
        .find(transaction, versions)
        .map(
            found ->
                new AccessPolicySetPayload(
                    lines.stream()
                        .map(
                            line -> {
                              var policy = Objects.requireNonNull(found.get(Ids.uuid(line[0])));
                              var published = Boolean.parseBoolean(line[2]);
                              return new AccessPolicySetPayload.Outcome(
                                  policy.productId(),
                                  policy.version(),
                                  published,
                                  policy.effectiveOn(),
                                  published ? policy.change() : PolicyChange.Kind.NEUTRAL,
                                  published ? policy.differences() : List.of());
                            })
                        .toList(),
                    List.of()));
  }
}
