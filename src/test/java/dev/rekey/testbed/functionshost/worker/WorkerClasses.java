package dev.rekey.testbed.functionshost.worker;

import com.microsoft.azure.functions.annotation.FunctionName;
import dev.rekey.testbed.functionshost.HostOptions;
import dev.rekey.testbed.functionshost.PackagedApp;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What an app sees of the worker: Java itself, the types of calls (core library and SPI), and the
 * jars named as the worker's own. The rest of the host's class path is out of its reach.
 */
final class WorkerClasses extends URLClassLoader {
  private static final String TYPES_OF_CALLS = "com.microsoft.azure.functions.";

  /** Loaded with the app, as the worker does: the app's own copy comes first. */
  private static final String ANNOTATIONS = TYPES_OF_CALLS + "annotation.";

  private WorkerClasses(URL... jars) {
    super(jars, ClassLoader.getPlatformClassLoader());
  }

  /** The app's class loader: its jar, its libraries, then what the options add; parent first. */
  static ClassLoader ofApp(PackagedApp app, HostOptions options) {
    List<URL> urls = new ArrayList<>();
    urls.add(url(app.appJar()));
    app.libraries().forEach(library -> urls.add(url(library)));
    urls.addAll(urls(options.texts("app-class-path")));
    urls.add(FunctionName.class.getProtectionDomain().getCodeSource().getLocation());
    URL[] workers = urls(options.texts("worker-class-path")).toArray(URL[]::new);
    return new URLClassLoader(urls.toArray(URL[]::new), new WorkerClasses(workers));
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (name.startsWith(TYPES_OF_CALLS) && !name.startsWith(ANNOTATIONS)) {
      return WorkerClasses.class.getClassLoader().loadClass(name);
    }
    return super.findClass(name);
  }

  private static List<URL> urls(List<String> paths) {
    return paths.stream().map(File::new).map(File::toPath).map(WorkerClasses::url).toList();
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(path.toString(), e);
    }
  }
}
