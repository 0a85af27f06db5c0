package dev.rekey.kubernetes;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The {@code exec} section of a user. client-java starts the program; here it is only looked at.
 */
final class CredentialPlugin {
  private static final Set<String> VERSIONS =
      Set.of("client.authentication.k8s.io/v1", "client.authentication.k8s.io/v1beta1");

  private CredentialPlugin() {}

  static @Nullable Credential read(Section exec) {
    String version = exec.text("apiVersion");
    if (version == null || !VERSIONS.contains(version)) {
      exec.problem(
          "apiVersion must be client.authentication.k8s.io/v1 or …/v1beta1; type `kubelogin "
              + "convert-kubeconfig` or write the kubeconfig anew");
    }
    String command = exec.text("command");
    if (command == null) {
      exec.problem(
          "command is missing; the name of a credential plugin such as kubelogin was expected");
      return null;
    }
    if (!exists(command, exec.folder(), System.getenv("PATH"))) {
      exec.problem(
          "the credential plugin \""
              + command
              + "\" is not to be found; install it (kubelogin: `az aks install-cli`)"
              + " and look with `command -v "
              + command
              + "`");
    }
    return new Credential.Plugin(command);
  }

  /**
   * As client-java finds it: a name on the path, anything with a separator relative to the
   * kubeconfig's folder.
   */
  static boolean exists(String command, @Nullable Path folder, @Nullable String searchPath) {
    try {
      if (command.contains("/") || command.contains("\\")) {
        return Files.isRegularFile(folder == null ? Path.of(command) : folder.resolve(command));
      }
      for (String entry : (searchPath == null ? "" : searchPath).split(File.pathSeparator, -1)) {
        if (List.of("", ".exe", ".cmd", ".bat").stream()
            .anyMatch(end -> Files.isRegularFile(Path.of(entry, command + end)))) {
          return true;
        }
      }
      return false;
    } catch (InvalidPathException noPath) {
      return false;
    }
  }
}
