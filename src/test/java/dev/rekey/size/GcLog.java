package dev.rekey.size;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.ToLongFunction;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a JVM's log of collections ({@code -Xlog:gc:file=…}) says of its heap, in MB. */
record GcLog(Path file) {
  private static final Pattern PAUSE = Pattern.compile("Pause (\\w+) .*?(\\d+)M->(\\d+)M\\(");

  /** The most that was ever in use; it can only be seen when a collection begins. */
  long peak() {
    return most(pauses(), pause -> Long.parseLong(pause.group(2)));
  }

  /** The most that was left by a full collection: what is in use in truth. */
  long live() {
    return most(
        pauses().filter(pause -> pause.group(1).equals("Full")),
        pause -> Long.parseLong(pause.group(3)));
  }

  long fullCollections() {
    return pauses().filter(pause -> pause.group(1).equals("Full")).count();
  }

  private static long most(Stream<MatchResult> pauses, ToLongFunction<MatchResult> figure) {
    return pauses.mapToLong(figure).max().orElse(0);
  }

  private Stream<MatchResult> pauses() {
    try {
      return PAUSE.matcher(Files.readString(file)).results().toList().stream();
    } catch (IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }
}
