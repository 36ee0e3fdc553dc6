package dev.fairground.fairaccess;

import dev.fairground.jurisdiction.Rule;
import dev.fairground.jurisdiction.RuleBook;
import dev.fairground.kernel.Text;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What one check finds, as it goes. The result has the gravest outcome that was found, PASS where
 * nothing was, and is the same in whatever order the facts came: its reasons stand by outcome, the
 * gravest first, then by code and evidence.
 */
final class Findings {
  /** The most ids that one reason names; how many there are is in its message. */
  static final int EVIDENCE_LIMIT = 100;

  private static final int NAMED = 5;

  private static final Comparator<Reason> ORDER =
      Comparator.comparing(Reason::outcome, Comparator.reverseOrder())
          .thenComparing(Reason::code)
          .thenComparing(reason -> String.join(" ", reason.evidence()))
          .thenComparing(reason -> reason.message().value());

  private final Check check;
  private final RuleBook book;
  private final List<Reason> reasons = new ArrayList<>();
  private final TreeSet<String> rules = new TreeSet<>();

  Findings(Check check, Ground ground) {
    this.check = check;
    this.book = ground.rules();
  }

  /** Whether a rule says {@code true}; it is one of those that decide. */
  boolean holds(String rule) {
    named(rule);
    return book.says(rule);
  }

  /** Whether a rule says {@code false}; where there is no such rule, nothing is forbidden. */
  boolean forbids(String rule) {
    return "false".equals(text(rule));
  }

  /** A rule's number; null where there is none. */
  @Nullable Integer number(String rule) {
    named(rule);
    return book.number(rule);
  }

  /** A rule's value; null where there is none. */
  @Nullable String text(String rule) {
    named(rule);
    return book.text(rule);
  }

  /**
   * BLOCK, if the rule's text was read by somebody or told by the press; a rule that nobody
   * checked, or that is a proposal, hinders nobody by itself.
   */
  Outcome gravestBy(String rule) {
    var known = book.rules().get(rule);
    return known == null
            || known.confidence() == Rule.Confidence.UNCHECKED
            || known.confidence() == Rule.Confidence.PROPOSAL
        ? Outcome.FLAG
        : Outcome.BLOCK;
  }

  private void named(String rule) {
    if (book.rules().containsKey(rule)) {
      rules.add(rule);
    }
  }

  void block(String code, Text message, Collection<String> evidence, Text remedy) {
    add(Outcome.BLOCK, code, message, evidence, remedy);
  }

  void flag(String code, Text message, Collection<String> evidence, Text remedy) {
    add(Outcome.FLAG, code, message, evidence, remedy);
  }

  void unknown(String code, Text message, Collection<String> evidence, Text remedy) {
    add(Outcome.UNKNOWN, code, message, evidence, remedy);
  }

  void disclose(String code, Text message, Collection<String> evidence) {
    add(Outcome.DISCLOSE, code, message, evidence, null);
  }

  void add(
      Outcome outcome,
      String code,
      Text message,
      Collection<String> evidence,
      @Nullable Text remedy) {
    var ids = evidence.stream().distinct().sorted().limit(EVIDENCE_LIMIT).toList();
    reasons.add(new Reason(outcome, code, message, ids, remedy));
  }

  boolean isEmpty() {
    return reasons.isEmpty();
  }

  Result result() {
    var worst =
        reasons.stream().map(Reason::outcome).max(Comparator.naturalOrder()).orElse(Outcome.PASS);
    return new Result(check, worst, reasons.stream().distinct().sorted(ORDER).toList(), names());
  }

  /** The rule does not concern the subject. */
  Result notApplicable() {
    return new Result(check, Outcome.NOT_APPLICABLE, List.of(), names());
  }

  private List<String> names() {
    return List.copyOf(rules);
  }

  /** A text of ours in both languages. */
  static Text text(String chinese, String english) {
    return new Text(chinese, "zh", Map.of("en", english));
  }

  /** Some names for a sentence, and how many there are beside them. */
  static String some(Collection<String> names) {
    var sorted = names.stream().distinct().sorted().toList();
    var shown = String.join(", ", sorted.subList(0, Math.min(NAMED, sorted.size())));
    return sorted.size() <= NAMED ? shown : shown + " … (" + sorted.size() + ")";
  }
}
