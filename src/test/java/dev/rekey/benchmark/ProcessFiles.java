package dev.rekey.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/** What Linux tells of a process in {@code /proc}; nothing about one that has ended. */
final class ProcessFiles {
  /** {@code getconf CLK_TCK}: the same on every Linux that Kubernetes runs on. */
  private static final double TICKS_PER_SECOND = 100;

  private static final long PAGE = 4096;

  /** Behind the command's name, which is in brackets and may hold blanks. */
  private static final int USER_TICKS = 11;

  private static final int SYSTEM_TICKS = 12;

  private ProcessFiles() {}

  /** Used so far, by all threads, in user mode and in the kernel. */
  static OptionalDouble cpuSeconds(long pid) {
    String stat = read(pid, "stat");
    if (stat.isEmpty()) {
      return OptionalDouble.empty();
    }
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    long ticks = Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]);
    return OptionalDouble.of(ticks / TICKS_PER_SECOND);
  }

  /** 0 when it has ended. */
  static long residentBytes(long pid) {
    String[] fields = read(pid, "statm").split(" ");
    return fields.length < 2 ? 0 : Long.parseLong(fields[1]) * PAGE;
  }

  /** Those that it has started and that live. */
  static List<Long> children(long pid) {
    String[] pids = read(pid, "task/" + pid + "/children").strip().split(" ");
    return Arrays.stream(pids).filter(child -> !child.isEmpty()).map(Long::valueOf).toList();
  }

  private static String read(long pid, String file) {
    try {
      return Files.readString(Path.of("/proc", String.valueOf(pid)).resolve(file));
    } catch (IOException e) {
      return "";
    }
  }
}
