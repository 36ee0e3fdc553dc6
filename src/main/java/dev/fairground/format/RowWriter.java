package dev.fairground.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Closeable;
import java.io.IOException;

/** Writes rows into a file, one by one; keeps none of them. The file is whole when it is closed. */
public interface RowWriter extends Closeable {
  /** Writes a row as a query answered it. */
  void write(JsonNode row) throws IOException;
}
