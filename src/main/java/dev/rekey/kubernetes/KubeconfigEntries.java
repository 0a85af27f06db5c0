package dev.rekey.kubernetes;

import io.kubernetes.client.util.KubeConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the entries of a kubeconfig that belong to one context. */
final class KubeconfigEntries {
  private static final int MOST_SHOWN = 10;

  private final KubeConfig document;
  private final String origin;
  private final @Nullable Path folder;
  private final List<String> problems;
  private String clusterTitle = "";

  KubeconfigEntries(
      KubeConfig document, String origin, @Nullable Path folder, List<String> problems) {
    this.document = document;
    this.origin = origin;
    this.folder = folder;
    this.problems = problems;
  }

  @Nullable Section context(@Nullable String name) {
    String remedy = "type `kubectl config get-contexts --kubeconfig " + origin + "`";
    if (name == null || name.isBlank()) {
      problems.add(
          "it has no current-context, and none was named; it has "
              + names(document.getContexts())
              + "; "
              + remedy);
      return null;
    }
    Section found = find(document.getContexts(), "context", name);
    if (found == null) {
      problems.add(
          "it has no context \""
              + name
              + "\"; it has "
              + names(document.getContexts())
              + "; "
              + remedy);
    }
    return found;
  }

  @Nullable Section cluster(Section context) {
    Section found =
        referred(context, "cluster", document.getClusters(), "kubectl config get-clusters");
    String name = context.text("cluster");
    clusterTitle = name == null ? "" : name;
    return found;
  }

  @Nullable Section user(Section context) {
    return referred(context, "user", document.getUsers(), "kubectl config get-users");
  }

  /** The name of the cluster entry found last. */
  String clusterTitle() {
    return clusterTitle;
  }

  private @Nullable Section referred(
      Section context, String kind, @Nullable List<?> list, String look) {
    String name = context.text(kind);
    if (name == null) {
      context.problem(
          "it names no " + kind + "; type `kubectl config set-context NAME --" + kind + "=…`");
      return null;
    }
    Section found = find(list, kind, name);
    if (found == null) {
      context.problem(
          "there is no "
              + kind
              + " \""
              + name
              + "\"; type `"
              + look
              + " --kubeconfig "
              + origin
              + "`");
    }
    return found;
  }

  private @Nullable Section find(@Nullable List<?> list, String kind, String name) {
    for (Object entry : list == null ? List.of() : list) {
      if (entry instanceof Map<?, ?> map && name.equals(map.get("name"))) {
        Object body = map.get(kind);
        Map<?, ?> fields = body instanceof Map<?, ?> some ? some : Map.of();
        return new Section(kind + " \"" + name + "\"", fields, folder, problems);
      }
    }
    return null;
  }

  private static String names(@Nullable List<?> list) {
    String shown =
        (list == null ? List.of() : list)
            .stream()
                .map(entry -> entry instanceof Map<?, ?> map ? map.get("name") : null)
                .filter(Objects::nonNull)
                .map(Object::toString)
                .limit(MOST_SHOWN)
                .collect(Collectors.joining(", "));
    return shown.isEmpty() ? "none" : shown;
  }
}
