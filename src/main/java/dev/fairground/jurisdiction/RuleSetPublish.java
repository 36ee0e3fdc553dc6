package dev.fairground.jurisdiction;

import static java.util.Objects.requireNonNull;

import dev.fairground.event.EventLog;
import dev.fairground.event.EventType;
import dev.fairground.event.NewEvent;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Write;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Period;
import dev.fairground.kernel.Text;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.Mutations;
import dev.fairground.mutation.Mutations.Attempt;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import dev.fairground.mutation.Verdict;
import dev.fairground.mutation.VersionConflictError;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The mutation {@code ruleSetPublish}. */
record RuleSetPublish(Mutations mutations, RuleSetRepository sets, EventLog events) {

  /**
   * What became of it.
   *
   * @param ruleSet null where nothing was published
   */
  record Payload(@Nullable RuleSet ruleSet, List<UserError> userErrors) {
    static Payload refused(List<UserError> errors) {
      return new Payload(null, errors);
    }
  }

  Future<Payload> run(Write write, Arguments arguments) {
    var input = requireNonNull(arguments.input("input"));
    var jurisdiction = requireNonNull(input.string("jurisdiction"));
    return mutations.once(
        new Attempt<>("ruleSetPublish", write, input, Payload::refused),
        transaction ->
            sets.lock(transaction, jurisdiction)
                .compose(
                    known ->
                        known
                            ? sets.authority(transaction, write, jurisdiction)
                                .compose(
                                    authority ->
                                        authority == null
                                            ? rejected(forbidden(input))
                                            : decide(
                                                transaction, write, input, jurisdiction, authority))
                            : rejected(InputError.notFound(input, "jurisdiction"))),
        (transaction, made) ->
            sets.find(transaction, key(made)).map(found -> new Payload(found, List.of())));
  }

  private static RuleSet.Key key(String made) {
    var colon = made.lastIndexOf(':');
    return new RuleSet.Key(made.substring(0, colon), Integer.parseInt(made.substring(colon + 1)));
  }

  static InputError forbidden(Arguments input) {
    return InputError.at(
        input,
        "jurisdiction",
        UserErrorCode.FORBIDDEN,
        "Its data authority publishes its rules; these credentials are for none of that jurisdiction.");
  }

  private static Future<Verdict<Payload>> rejected(UserError error) {
    return Future.succeededFuture(Verdict.rejected(error));
  }

  private Future<Verdict<Payload>> decide(
      SqlConnection transaction,
      Write write,
      Arguments input,
      String jurisdiction,
      UUID authority) {
    var names =
        input.inputs("parameters").stream()
            .map(parameter -> requireNonNull(parameter.string("name")))
            .toList();
    return sets.ground(transaction, jurisdiction, names)
        .compose(
            ground -> {
              int expected = requireNonNull(input.integer("expectedVersion"));
              if (expected != ground.version()) {
                return rejected(VersionConflictError.of(input, ground.version()));
              }
              var errors = new RuleSetDecision(input, ground, write.moment().day()).errors();
              return errors.isEmpty()
                  ? publish(
                      transaction,
                      write,
                      input,
                      set(write, input, jurisdiction, ground.version() + 1),
                      authority)
                  : Future.succeededFuture(Verdict.rejected(errors));
            });
  }

  private static RuleSet set(Write write, Arguments input, String jurisdiction, int version) {
    var title = requireNonNull(input.input("title"));
    return new RuleSet(
        jurisdiction,
        version,
        new Text(
            requireNonNull(title.string("zh")),
            "zh",
            Map.of("en", requireNonNull(title.string("en")))),
        new Period(requireNonNull(input.date("effectiveOn")), input.date("endsOn")),
        RuleSetRepository.at(write));
  }

  private Future<Verdict<Payload>> publish(
      SqlConnection transaction, Write write, Arguments input, RuleSet set, UUID authority) {
    var code = set.jurisdictionCode();
    var closed =
        Boolean.TRUE.equals(input.bool("replaces"))
            ? sets.replace(transaction, write, code, set.term().startsOn())
            : Future.<Void>succeededFuture();
    return closed
        .compose(done -> sets.insert(transaction, set, input.inputs("parameters")))
        .compose(done -> sets.look(transaction, write, set))
        .compose(
            done ->
                events.append(
                    transaction,
                    write,
                    List.of(
                        new NewEvent(
                            EventType.RULES_CHANGED,
                            Ids.write(JurisdictionResolver.PREFIX, Ids.ofCode(code)),
                            set.version(),
                            authority,
                            true,
                            List.of("ruleSets", "rules")))))
        .map(done -> Verdict.accepted(new Payload(set, List.of()), code + ":" + set.version()));
  }
}
