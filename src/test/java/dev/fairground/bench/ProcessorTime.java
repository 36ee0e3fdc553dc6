package dev.fairground.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What the kernel says of the processor time of processes, from {@code /proc}. */
final class ProcessorTime {
  private static final double TICKS_PER_SECOND = 100;

  private ProcessorTime() {}

  /** User and system time of a process, in seconds, to a hundredth. */
  static double of(long pid) throws IOException {
    var fields = fields(pid);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
  }

  /** The same of a process and its children, those that have ended included. */
  static double withChildren(long pid) throws IOException {
    var fields = fields(pid);
    var sum =
        of(pid) + (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) / TICKS_PER_SECOND;
    for (var child : ProcessHandle.of(pid).orElseThrow().children().toList()) {
      try {
        sum += of(child.pid());
      } catch (NoSuchFileException ended) {
        // Its parent has its time now.
      }
    }
    return sum;
  }

  /** The fields of {@code stat} from the third on: a name in parentheses may hold anything. */
  private static String[] fields(long pid) throws IOException {
    var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
  }
}
