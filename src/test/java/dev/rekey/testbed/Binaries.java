package dev.rekey.testbed;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where the real etcd and kube-apiserver come from, and what the benchmark measures.
 *
 * <p>{@code KUBEBUILDER_ASSETS} names a folder that holds etcd, kube-apiserver and kubectl, as
 * {@code setup-envtest} installs it. What isn't in there, and all without it, is built once from
 * {@code src/testbed/<name>} and kept in the cache folder ({@code REKEY_CACHE}, else {@code
 * $XDG_CACHE_HOME/rekey}, else {@code ~/.cache/rekey}) under a name that changes with the module's
 * sources.
 */
public final class Binaries {
  private static final int HASH_LENGTH = 12;

  private final Map<String, String> environment;

  Binaries(Map<String, String> environment) {
    this.environment = environment;
  }

  /** The real kube-apiserver. Builds it when there is none yet: about 4 minutes on two cores. */
  public static Path kubeApiServer() {
    return new Binaries(System.getenv()).find("kube-apiserver");
  }

  /**
   * The real kube-apiserver of an older minor version, such as {@code 1.34}, which no {@code
   * setup-envtest} installs beside the other: always built.
   */
  static Path kubeApiServer(String minor) {
    return new Binaries(System.getenv()).built("kube-apiserver-" + minor);
  }

  /** The real etcd. Builds it when there is none yet: about a minute on two cores. */
  public static Path etcd() {
    return new Binaries(System.getenv()).find("etcd");
  }

  /** The real kubectl. Builds it when there is none yet: about two minutes on two cores. */
  public static Path kubectl() {
    return new Binaries(System.getenv()).find("kubectl");
  }

  /** The real kube-controller-manager, which no {@code setup-envtest} installs: always built. */
  public static Path kubeControllerManager() {
    return new Binaries(System.getenv()).built("kube-controller-manager");
  }

  /** The benchmark's own bare client. */
  public static Path loadGenerator() {
    return new Binaries(System.getenv()).built("load-generator");
  }

  Path find(String name) {
    Optional<Path> installed = setting("KUBEBUILDER_ASSETS").map(folder -> folder.resolve(name));
    if (installed.isEmpty()) {
      return built(name);
    }
    if (!Files.isExecutable(installed.get())) {
      throw new IllegalStateException(
          "KUBEBUILDER_ASSETS is set, but %s isn't an executable file: run setup-envtest, or unset"
                  .formatted(installed.get())
              + " it to build from src/testbed");
    }
    return installed.get();
  }

  private Path built(String name) {
    Path module = sources().resolve(name);
    Path binary = cache().resolve(name + "-" + hash(module)).resolve(name);
    if (!Files.isExecutable(binary)) {
      GoBuild.of(module).into(binary);
    }
    return binary;
  }

  Path cache() {
    return setting("REKEY_CACHE")
        .or(() -> setting("XDG_CACHE_HOME").map(folder -> folder.resolve("rekey")))
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache", "rekey"));
  }

  private Optional<Path> setting(String name) {
    return Optional.ofNullable(environment.get(name))
        .filter(value -> !value.isBlank())
        .map(Path::of);
  }

  /** Tests may run from a subfolder (an IDE does), so the sources are looked for upwards. */
  static Path sources() {
    Path start = Path.of("").toAbsolutePath();
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      Path candidate = folder.resolve("src").resolve("testbed");
      if (Files.isDirectory(candidate)) {
        return candidate;
      }
    }
    throw new IllegalStateException("no folder src/testbed in or above " + start);
  }

  static String hash(Path module) {
    try {
      ByteArrayOutputStream contents = new ByteArrayOutputStream();
      for (String file : new String[] {"go.mod", "go.sum", "main.go"}) {
        contents.write(Files.readAllBytes(module.resolve(file)));
      }
      return Hash.sha256(contents.toByteArray()).substring(0, HASH_LENGTH);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
