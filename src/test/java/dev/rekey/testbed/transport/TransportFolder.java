package dev.rekey.testbed.transport;

import com.azure.core.http.HttpClientProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A class path entry with {@link RedirectedTransportProvider} and nothing else, registered as
 * azure-core expects it. It isn't registered in the tests' own class path, where it would stand in
 * for the real transport.
 */
public final class TransportFolder {
  private TransportFolder() {}

  /** Makes it below a folder. */
  public static Path in(Path parent) {
    try {
      Path folder = Files.createTempDirectory(parent, "transport");
      Path classes = classes();
      String inside = TransportFolder.class.getPackageName().replace('.', '/');
      Path target = Files.createDirectories(folder.resolve(inside));
      try (Stream<Path> files = Files.list(classes.resolve(inside))) {
        for (Path file : files.toList()) {
          Files.copy(file, target.resolve(file.getFileName().toString()));
        }
      }
      Path services = Files.createDirectories(folder.resolve("META-INF/services"));
      Files.writeString(
          services.resolve(HttpClientProvider.class.getName()),
          RedirectedTransportProvider.class.getName());
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path classes() {
    return Path.of(
        TransportFolder.class.getProtectionDomain().getCodeSource().getLocation().getPath());
  }
}
