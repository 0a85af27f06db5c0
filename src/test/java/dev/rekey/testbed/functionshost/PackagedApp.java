package dev.rekey.testbed.functionshost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A function app as azure-functions-maven-plugin stages it: {@code host.json}, the app's jar,
 * {@code lib/*.jar}, and a folder with a {@code function.json} for each function.
 */
public final class PackagedApp {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern SETTING = Pattern.compile("%([^%]+)%");

  private final Path folder;
  private final List<PackagedFunction> functions;

  private PackagedApp(Path folder, List<PackagedFunction> functions) {
    this.folder = folder;
    this.functions = functions;
  }

  /**
   * @throws IllegalArgumentException where it isn't such a folder
   */
  public static PackagedApp read(Path folder) {
    List<PackagedFunction> functions =
        entries(folder)
            .filter(entry -> Files.exists(entry.resolve("function.json")))
            .map(PackagedApp::function)
            .toList();
    PackagedApp app = new PackagedApp(folder, functions);
    if (functions.isEmpty() || !Files.exists(folder.resolve("host.json"))) {
      throw new IllegalArgumentException("no host.json and functions in " + folder);
    }
    if (functions.stream().map(app::jarOf).distinct().count() != 1) {
      throw new IllegalArgumentException("functions of more than one jar in " + folder);
    }
    return app;
  }

  private static PackagedFunction function(Path folder) {
    return PackagedFunction.of(
        folder.getFileName().toString(), json(folder.resolve("function.json")));
  }

  /** By name. */
  public List<PackagedFunction> functions() {
    return functions;
  }

  public PackagedFunction function(String name) {
    return functions.stream()
        .filter(function -> function.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no function of that name: " + name));
  }

  public HostJson hostJson() {
    return HostJson.of(json(folder.resolve("host.json")));
  }

  public Path appJar() {
    return jarOf(functions.get(0));
  }

  private Path jarOf(PackagedFunction function) {
    return folder.resolve(function.name()).resolve(function.scriptFile()).normalize();
  }

  /** Those of {@code lib}, by name. */
  public List<Path> libraries() {
    Path lib = folder.resolve("lib");
    return Files.isDirectory(lib)
        ? entries(lib).filter(entry -> entry.toString().endsWith(".jar")).toList()
        : List.of();
  }

  /** Of all files, as they lie there. */
  public long sizeInBytes() {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Settings that a function.json names: connections, and {@code %NAME%} in any property. */
  public Set<String> settingNames() {
    Set<String> names = new TreeSet<>();
    for (PackagedFunction function : functions) {
      for (Binding binding : function.bindings()) {
        names.add(binding.text("connection"));
        SETTING
            .matcher(binding.properties().toString())
            .results()
            .map(MatchResult::group)
            .forEach(match -> names.add(match.replace("%", "")));
      }
    }
    names.remove("");
    return names;
  }

  /** Whether the package has this file or folder, such as {@code local.settings.json}. */
  public boolean holds(String path) {
    return Files.exists(folder.resolve(path));
  }

  /** Classes of the app's own jar: names with their package, by package. */
  public Map<String, List<String>> classesByPackage() {
    return JarContents.classNames(appJar()).stream()
        .collect(Collectors.groupingBy(JarContents::packageOf, TreeMap::new, Collectors.toList()));
  }

  /**
   * Classes that more than one jar holds, with the names of these jars: the worker looks through
   * the jars in no certain order, so which class is used is left to chance.
   */
  public Map<String, List<String>> classesOfSeveralJars() {
    Map<String, List<String>> jarsByClass = new TreeMap<>();
    for (Path jar : Stream.concat(Stream.of(appJar()), libraries().stream()).toList()) {
      for (String name : JarContents.classNames(jar)) {
        jarsByClass
            .computeIfAbsent(name, any -> new ArrayList<>())
            .add(jar.getFileName().toString());
      }
    }
    jarsByClass.values().removeIf(jars -> jars.size() == 1);
    return jarsByClass;
  }

  private static Stream<Path> entries(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList().stream();
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read " + folder, e);
    }
  }

  private static JsonNode json(Path file) {
    try {
      return JSON.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }
}
