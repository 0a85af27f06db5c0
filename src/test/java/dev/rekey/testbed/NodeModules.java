package dev.rekey.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/**
 * Packages of npm that the testbed runs, installed once from {@code src/testbed/<name>} into the
 * cache folder under a name that changes with the lock file. Needs Node 20 and npm.
 */
public final class NodeModules {
  private static final int HASH_LENGTH = 12;

  private NodeModules() {}

  /** The folder that holds {@code node_modules}, whoever installs it. */
  public static Path of(String name) {
    Path module = Binaries.sources().resolve(name);
    Path folder = new Binaries(System.getenv()).cache().resolve(name + "-" + hash(module));
    try {
      Files.createDirectories(folder);
      try (FileChannel lock =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        lock.lock();
        if (!Files.exists(folder.resolve("installed"))) {
          install(module, folder);
        }
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void install(Path module, Path folder) throws IOException {
    if (!ChildProcess.onPath("npm")) {
      throw new IllegalStateException(
          "no npm on the PATH, which installs the testbed's "
              + module.getFileName()
              + ": install Node 20 or newer with npm");
    }
    System.err.printf("testbed: installing %s, a minute the first time%n", module.getFileName());
    for (String file : List.of("package.json", "package-lock.json")) {
      Files.copy(module.resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    Path log = folder.resolve("install.log");
    ChildProcess npm =
        ChildProcess.start(
            List.of("npm", "ci", "--no-audit", "--no-fund", "--prefix", folder.toString()),
            Map.copyOf(System.getenv()),
            log);
    if (npm.await() != 0) {
      throw new IllegalStateException("npm failed:\n" + npm.lastLines());
    }
    Files.createFile(folder.resolve("installed"));
  }

  private static String hash(Path module) {
    try {
      byte[] lock = Files.readAllBytes(module.resolve("package-lock.json"));
      return Hash.sha256(lock).substring(0, HASH_LENGTH);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
