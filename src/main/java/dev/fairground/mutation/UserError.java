package dev.fairground.mutation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that stands against a change, and that its caller can cure. Features add members that
 * carry what is needed to see why.
 */
public interface UserError {
  UserErrorCode code();

  /** What is wrong, and how it is cured. */
  String message();

  /** Where in the arguments: names of members and places in lists, from 0; empty for the whole. */
  List<String> path();

  /** The rule that was not kept, by its code; null where it is the form of the input. */
  @Nullable String rule();
}
