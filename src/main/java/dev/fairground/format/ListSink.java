package dev.fairground.format;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** Takes what a list holds, in its order. */
public interface ListSink {
  /**
   * An entry, whose references are codes as the file has them. Faults of its row came before.
   *
   * @param sound whether it had no fault but notes
   */
  void entry(int row, ObjectNode entry, boolean sound) throws IOException;

  void fault(ListFault fault) throws IOException;
}
