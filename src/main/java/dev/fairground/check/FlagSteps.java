package dev.fairground.check;

import static java.util.Objects.requireNonNull;

import dev.fairground.clock.Clocks;
import dev.fairground.event.EventLog;
import dev.fairground.event.EventType;
import dev.fairground.event.NewEvent;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Write;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.Mutations;
import dev.fairground.mutation.Mutations.Attempt;
import dev.fairground.mutation.StateTransitionError;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import dev.fairground.mutation.Verdict;
import dev.fairground.mutation.VersionConflictError;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The mutations {@code checkFlagAnswer} and {@code checkFlagClose}. */
final class FlagSteps {
  private final Mutations mutations;
  private final FlagRepository flags;
  private final Clocks clocks;
  private final EventLog events;

  FlagSteps(Database database) {
    this.mutations = Mutations.ofPublicContent(database);
    this.flags = new FlagRepository(database);
    this.clocks = new Clocks(database);
    this.events = new EventLog(database);
  }

  /** What became of a step. */
  record Payload(@Nullable CheckFlag checkFlag, List<UserError> userErrors) {
    static Payload refused(List<UserError> errors) {
      return new Payload(null, errors);
    }
  }

  /** The flag as the step leaves it; what stands against it goes into the errors. */
  @FunctionalInterface
  private interface Step {
    CheckFlag of(CheckFlag flag, Arguments input, List<UserError> errors);
  }

  Future<Payload> answer(Write write, Arguments arguments) {
    return run(
        "checkFlagAnswer",
        FlagRules.Action.ANSWER,
        write,
        arguments,
        (flag, input, errors) -> answered(write, flag, input, errors));
  }

  Future<Payload> close(Write write, Arguments arguments) {
    return run(
        "checkFlagClose",
        FlagRules.Action.CLOSE,
        write,
        arguments,
        (flag, input, errors) -> closed(write, flag, input, errors));
  }

  private static CheckFlag answered(
      Write write, CheckFlag flag, Arguments input, List<UserError> errors) {
    var text = Texts.required(input, "text", errors);
    var evidence = Texts.optional(input, "evidence", errors);
    return new CheckFlag(
        flag.id(),
        flag.version(),
        flag.check(),
        flag.subject(),
        flag.subjectKind(),
        flag.operatorId(),
        flag.jurisdictionCode(),
        flag.outcome(),
        CheckFlag.State.ANSWERED,
        flag.openedRun(),
        flag.openedAt(),
        flag.openedOn(),
        text,
        evidence,
        write.moment().now().atOffset(ZoneOffset.UTC),
        write.actor().name(),
        null,
        null,
        null,
        null,
        null);
  }

  private static CheckFlag closed(
      Write write, CheckFlag flag, Arguments input, List<UserError> errors) {
    var text = Texts.required(input, "text", errors);
    return new CheckFlag(
        flag.id(),
        flag.version(),
        flag.check(),
        flag.subject(),
        flag.subjectKind(),
        flag.operatorId(),
        flag.jurisdictionCode(),
        flag.outcome(),
        CheckFlag.State.CLOSED,
        flag.openedRun(),
        flag.openedAt(),
        flag.openedOn(),
        flag.answer(),
        flag.answerEvidence(),
        flag.answeredAt(),
        flag.answeredBy(),
        requireNonNull(input.value("decision", CheckFlag.Conclusion.class)),
        text,
        write.moment().now().atOffset(ZoneOffset.UTC),
        write.moment().day(),
        write.actor().name());
  }

  private Future<Payload> run(
      String mutation, FlagRules.Action action, Write write, Arguments arguments, Step step) {
    var input = requireNonNull(arguments.input("input"));
    return mutations.run(
        new Attempt<>(mutation, write, input, Payload::refused),
        transaction ->
            flags
                .findForUpdate(transaction, write, requireNonNull(input.id("id", CheckFlag.PREFIX)))
                .compose(
                    held -> {
                      var errors = against(held, action, input);
                      if (!errors.isEmpty()) {
                        return Future.succeededFuture(Verdict.rejected(errors));
                      }
                      var next = step.of(requireNonNull(held).flag(), input, errors);
                      return errors.isEmpty()
                          ? save(transaction, write, action, next)
                          : Future.succeededFuture(Verdict.rejected(errors));
                    }));
  }

  private static List<UserError> against(
      FlagRepository.@Nullable Held held, FlagRules.Action action, Arguments input) {
    var errors = new ArrayList<UserError>();
    if (held == null) {
      errors.add(InputError.notFound(input, "id"));
      return errors;
    }
    var flag = held.flag();
    if (!(action == FlagRules.Action.ANSWER ? held.answering() : held.deciding())) {
      errors.add(
          InputError.at(
              input,
              "id",
              UserErrorCode.FORBIDDEN,
              action == FlagRules.Action.ANSWER
                  ? "Only the operator that it concerns answers a flag."
                  : "Only the data authority of its jurisdiction closes a flag, and none that is its own."));
      return errors;
    }
    int expected = requireNonNull(input.integer("expectedVersion"));
    if (expected != flag.version()) {
      errors.add(VersionConflictError.of(input, flag.version()));
      return errors;
    }
    var allowed = FlagRules.actions(flag.state(), held.answering(), held.deciding());
    if (!allowed.contains(action)) {
      errors.add(
          new StateTransitionError(
              "The flag is closed. What the checks find next opens another one.",
              input.path("id"),
              flag.state().name(),
              allowed.stream().map(Enum::name).toList()));
    }
    return errors;
  }

  /** The operator and the authority are told of each other's steps. */
  private static List<NewEvent> told(CheckFlag flag, @Nullable UUID authority) {
    return Stream.of(flag.operatorId(), authority)
        .filter(Objects::nonNull)
        .distinct()
        .map(
            organization ->
                new NewEvent(
                    EventType.CHECK_CHANGED,
                    flag.subject(),
                    null,
                    organization,
                    false,
                    List.of("checks")))
        .toList();
  }

  private Future<Verdict<Payload>> save(
      SqlConnection transaction, Write write, FlagRules.Action action, CheckFlag next) {
    return flags
        .save(transaction, next)
        .compose(
            saved ->
                (action == FlagRules.Action.ANSWER
                        ? clocks.meet(transaction, write, saved.globalId(), FlagWriter.ANSWER)
                        : clocks.stop(transaction, write, saved.globalId()))
                    .compose(
                        ended ->
                            flags.authority(
                                transaction, saved.jurisdictionCode(), write.moment().day()))
                    .compose(authority -> events.append(transaction, write, told(saved, authority)))
                    .map(told -> Verdict.accepted(new Payload(saved, List.of()))));
  }
}
