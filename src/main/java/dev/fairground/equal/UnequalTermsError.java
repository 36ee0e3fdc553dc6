package dev.fairground.equal;

import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Terms differ from the standard ones, or from those of like grants, and no reason of the closed
 * list holds for it.
 *
 * @param rule the check's code
 * @param comparison all differences, with what each reason lacks
 */
public record UnequalTermsError(
    String message, List<String> path, @Nullable String rule, Comparison comparison)
    implements UserError {
  public UnequalTermsError {
    path = List.copyOf(path);
  }

  /**
   * What stands against a grant.
   *
   * @param path where in the arguments the terms are
   * @param comparison with differences that are not justified
   */
  public static UnequalTermsError of(Comparison comparison, List<String> path) {
    return new UnequalTermsError(
        comparison.unjustified().stream()
            .map(UnequalTermsError::words)
            .distinct()
            .collect(
                Collectors.joining(
                    " ",
                    "",
                    " Grant what is usual, or name a factor that the access policy of the request"
                        + " publishes, with its justification and evidence.")),
        path,
        "FA-08",
        comparison);
  }

  private static String words(Difference difference) {
    return "%s is %s, but %s %s: %s"
        .formatted(
            difference.field(),
            orNothing(difference.granted()),
            orNothing(difference.usual()),
            difference.against() == Difference.Against.STANDARD
                ? "by tariff, policy and standard terms"
                : "for %d like grants".formatted(difference.grants()),
            difference.lack());
  }

  private static String orNothing(String text) {
    return text.isEmpty() ? "not said" : text;
  }

  @Override
  public UserErrorCode code() {
    return UserErrorCode.UNEQUAL_TERMS;
  }
}
