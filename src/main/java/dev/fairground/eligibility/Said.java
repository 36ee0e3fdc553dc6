package dev.fairground.eligibility;

import dev.fairground.fairaccess.Outcome;
import dev.fairground.kernel.LegalBasis;
import dev.fairground.kernel.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes one check: its code and title, what it rests on, and then what was found. */
final class Said {
  private final String code;
  private final Text title;
  private final @Nullable LegalBasis clause;
  private final List<String> evidence = new ArrayList<>();

  Said(String code, Text title, @Nullable LegalBasis clause, String... evidence) {
    this.code = code;
    this.title = title;
    this.clause = clause;
    this.evidence.addAll(List.of(evidence));
  }

  static Text text(String chinese, String english) {
    return new Text(chinese, "zh", Map.of("en", english));
  }

  EligibilityCheck pass(Text message) {
    return of(Outcome.PASS, message, null);
  }

  EligibilityCheck of(Outcome outcome, Text message, @Nullable Text remedy) {
    return new EligibilityCheck(code, outcome, title, message, clause, evidence, remedy);
  }
}
