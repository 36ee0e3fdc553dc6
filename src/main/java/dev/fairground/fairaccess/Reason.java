package dev.fairground.fairaccess;

import dev.fairground.kernel.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a check found.
 *
 * @param outcome what this by itself leads to; a result has the gravest of its reasons
 * @param code stable, for programs: {@code OUTSIDE_SCOPE}
 * @param message in Chinese, and in English
 * @param evidence global ids of the records that show it, and names of data items as {@code
 *     res_…#name}
 * @param remedy how it is cured; null where nothing is to be cured
 */
public record Reason(
    Outcome outcome, String code, Text message, List<String> evidence, @Nullable Text remedy) {
  public Reason {
    evidence = List.copyOf(evidence);
  }
}
