package dev.rekey.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A shipped file of Kubernetes objects, sent to an API server as it stands. */
public final class Manifest {
  private static final Pattern KIND = Pattern.compile("(?m)^kind: (\\S+)$");
  private static final Pattern NAME = Pattern.compile("(?m)^  name: (\\S+)$");
  private static final Pattern NAMESPACE = Pattern.compile("(?m)^  namespace: (\\S+)$");
  private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1/";
  private static final String ADMISSION = "/apis/admissionregistration.k8s.io/v1/";

  private static final Map<String, String> PATHS =
      Map.of(
          "ClusterRole", RBAC + "clusterroles",
          "ClusterRoleBinding", RBAC + "clusterrolebindings",
          "Role", RBAC + "namespaces/%s/roles",
          "RoleBinding", RBAC + "namespaces/%s/rolebindings",
          "ValidatingAdmissionPolicy", ADMISSION + "validatingadmissionpolicies",
          "ValidatingAdmissionPolicyBinding", ADMISSION + "validatingadmissionpolicybindings");

  private final List<String> documents;

  private Manifest(List<String> documents) {
    this.documents = documents;
  }

  /**
   * @param file below {@code infra/kubernetes} of this project
   */
  public static Manifest shipped(String file) {
    Path start = Path.of("").toAbsolutePath();
    // Tests may run from a subfolder (an IDE does).
    return Stream.iterate(start, folder -> folder != null, Path::getParent)
        .map(folder -> folder.resolve("infra").resolve("kubernetes").resolve(file))
        .filter(Files::isRegularFile)
        .findFirst()
        .map(Manifest::read)
        .orElseThrow(() -> new IllegalStateException("no infra/kubernetes/" + file));
  }

  private static Manifest read(Path file) {
    try {
      String text = Files.readString(file);
      return new Manifest(Arrays.stream(text.split("(?m)^---$")).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The same with a part of its text replaced.
   *
   * @param part occurs once
   */
  public Manifest with(String part, String replacement) {
    String all = String.join("---", documents);
    if (all.split(Pattern.quote(part), -1).length != 2) {
      throw new IllegalArgumentException("not once in the file: " + part);
    }
    return new Manifest(List.of(all.replace(part, replacement).split("(?m)^---$")));
  }

  /** Creates each object; fails if one is there already. */
  public void create(PlainRequests admin) {
    for (String document : documents) {
      admin.send("POST", collection(document), "application/yaml", document).join().expectSuccess();
    }
  }

  /** Puts each object back to what the file says. */
  public void restore(PlainRequests admin) {
    for (String document : documents) {
      String path = collection(document) + "/" + first(NAME, document);
      admin.send("PUT", path, "application/yaml", document).join().expectSuccess();
    }
  }

  private static String collection(String document) {
    String path = PATHS.get(first(KIND, document));
    return path.contains("%s") ? path.formatted(first(NAMESPACE, document)) : path;
  }

  private static String first(Pattern pattern, String document) {
    Matcher found = pattern.matcher(document);
    if (!found.find()) {
      throw new IllegalStateException("no " + pattern + " in a document");
    }
    return found.group(1);
  }
}
