package dev.fairground.code;

import dev.fairground.kernel.Text;
import org.jspecify.annotations.Nullable;

/** A list of codes and where it comes from. */
public record CodeList(String id, Text name, String source, @Nullable String sourceUrl) {
  /** Administrative divisions of GB/T 2260. */
  public static final String REGION = "REGION";

  /** Sectors of the economy of GB/T 4754. */
  public static final String SECTOR = "SECTOR";
}
