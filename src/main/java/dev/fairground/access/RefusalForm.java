package dev.fairground.access;

import dev.fairground.fairaccess.RefusalReasonCode;
import dev.fairground.graphql.Arguments;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import dev.fairground.policy.AccessPolicy;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A refusal as it is given.
 *
 * @param errors what is wrong with its form
 */
record RefusalForm(List<Given> reasons, @Nullable String text, List<UserError> errors) {
  private static final int MOST = 20;

  /** What holds a refusal to the reasons that were published. */
  private static final String RULE = "FA-10";

  RefusalForm {
    reasons = List.copyOf(reasons);
    errors = List.copyOf(errors);
  }

  /**
   * A reason as it is given.
   *
   * @param at where it stands in the arguments
   */
  record Given(
      RefusalReasonCode code,
      @Nullable String document,
      @Nullable String clause,
      String explanation,
      @Nullable String curableBy,
      List<String> at) {}

  static RefusalForm read(Arguments input) {
    var errors = new ArrayList<UserError>();
    var reasons = new ArrayList<Given>();
    var given = input.inputs("reasons");
    if (given.isEmpty()) {
      errors.add(
          new InputError(
              UserErrorCode.REASON_REQUIRED,
              "A refusal needs at least one reason that the access policy publishes. Name it, with the facts.",
              input.path("reasons"),
              RULE));
    }
    if (given.size() > MOST) {
      errors.add(
          InputError.at(
              input, "reasons", UserErrorCode.INVALID, "At most %d reasons.".formatted(MOST)));
    }
    var seen = EnumSet.noneOf(RefusalReasonCode.class);
    for (var one : given) {
      var code = Objects.requireNonNull(one.value("code", RefusalReasonCode.class));
      if (!seen.add(code)) {
        errors.add(
            InputError.at(
                one,
                "code",
                UserErrorCode.INVALID,
                "Each reason is given once, with all its facts."));
      }
      reasons.add(
          new Given(
              code,
              Form.text(one, "document", 500, errors),
              Form.text(one, "clause", 100, errors),
              Form.reason(one, "explanation", errors),
              Form.text(one, "curableBy", Form.LONGEST, errors),
              one.path("code")));
      if (code == RefusalReasonCode.FORBIDDEN_BY_LAW && !one.has("document")) {
        errors.add(
            new InputError(
                UserErrorCode.REQUIRED,
                "Name the law that forbids it, and its clause.",
                one.path("document"),
                RULE));
      }
    }
    return new RefusalForm(reasons, Form.text(input, "text", Form.LONGEST, errors), errors);
  }

  /** Pure: what stands against refusing a request for these reasons; none where nothing does. */
  List<UserError> problems(AccessRequest of, AccessPolicy policy) {
    var problems = new ArrayList<UserError>(errors);
    for (var reason : reasons) {
      if (!policy.admits(reason.code())) {
        problems.add(
            new InputError(
                UserErrorCode.CHECK_FAILED,
                "The access policy that the request is judged by (version %d) does not publish %s as a reason. It publishes %s."
                    .formatted(
                        policy.version(),
                        reason.code(),
                        policy.reasons().stream()
                            .map(admitted -> admitted.code().name())
                            .collect(Collectors.joining(", "))),
                reason.at(),
                RULE));
      }
    }
    var alone = reasons.size() == 1 ? reasons.getFirst() : null;
    if (alone != null
        && alone.code() == RefusalReasonCode.INCOMPLETE_AFTER_NOTICE
        && !of.noticed()) {
      problems.add(
          new InputError(
              UserErrorCode.CHECK_FAILED,
              "What is missing is no reason before the one notice of it. Tell the applicant what is missing: accessRequestAskInformation.",
              alone.at(),
              RULE));
    }
    return problems;
  }
}
