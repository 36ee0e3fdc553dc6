package dev.fairground.jurisdiction;

import dev.fairground.kernel.LegalBasis;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The rules in force in a jurisdiction on a day, its own before those of the ones above. Pure.
 *
 * @param jurisdictionCode whose they are
 * @param rules by name
 */
public record RuleBook(String jurisdictionCode, Map<String, Rule> rules) {
  public RuleBook {
    rules = Map.copyOf(rules);
  }

  public static RuleBook of(String jurisdictionCode, Collection<Rule> rules) {
    var byName = new TreeMap<String, Rule>();
    rules.forEach(rule -> byName.put(rule.name(), rule));
    return new RuleBook(jurisdictionCode, byName);
  }

  /**
   * Which rule sets it is made of, for example {@code 000000:2 110000:1}: the same text, the same
   * rules.
   */
  public String version() {
    var versions = new TreeSet<String>();
    rules
        .values()
        .forEach(rule -> versions.add(rule.jurisdictionCode() + ":" + rule.ruleSetVersion()));
    return String.join(" ", versions);
  }

  /** The rule's value as it is written; null where no rule says it. */
  public @Nullable String text(String name) {
    var rule = rules.get(name);
    return rule == null ? null : rule.value();
  }

  /** A number; null where no rule says one. */
  public @Nullable Integer number(String name) {
    var value = text(name);
    return value == null ? null : Integer.valueOf(value);
  }

  /** Whether a rule says {@code true}. */
  public boolean says(String name) {
    return "true".equals(text(name));
  }

  public @Nullable LegalBasis basis(String name) {
    var rule = rules.get(name);
    return rule == null ? null : rule.basis();
  }
}
