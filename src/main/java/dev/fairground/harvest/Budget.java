package dev.fairground.harvest;

import dev.fairground.harvest.Defect.Rule;
import org.jspecify.annotations.Nullable;

/** Counts what one file unpacks to. Once it is too much, it stays so. */
final class Budget {
  private final HarvestLimits limits;
  private final PackedFile file;
  private long unpacked;
  private int entries;
  private @Nullable UnreadableFile exceeded;

  Budget(HarvestLimits limits, PackedFile file) {
    this.limits = limits;
    this.file = file;
  }

  void bytes(int count) throws UnreadableFile {
    check();
    unpacked += count;
    if (unpacked > limits.unpackedBytes()) {
      throw exceed("more than %,d bytes".formatted(limits.unpackedBytes()));
    }
    if (unpacked > limits.ratioFrom() && unpacked / limits.ratio() > file.bytesRead()) {
      throw exceed("%,d bytes from %,d of the file".formatted(unpacked, file.bytesRead()));
    }
  }

  void entry() throws UnreadableFile {
    check();
    if (++entries > limits.entries()) {
      throw exceed("more than %,d entries".formatted(limits.entries()));
    }
  }

  void check() throws UnreadableFile {
    if (exceeded != null) {
      throw exceeded;
    }
  }

  private UnreadableFile exceed(String what) {
    exceeded = new UnreadableFile(Rule.ARCHIVE_BOMB, what);
    return exceeded;
  }
}
