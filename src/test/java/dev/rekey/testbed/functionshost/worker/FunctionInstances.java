package dev.rekey.testbed.functionshost.worker;

import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import java.util.Iterator;
import java.util.ServiceLoader;

/** Where a call's instance comes from: the app's injector, or its no-argument constructor. */
final class FunctionInstances {
  private FunctionInstanceInjector injector;

  /**
   * Looks for the injector, at the first function that is loaded. The app's class loader must be
   * the context's.
   *
   * @throws java.util.ServiceConfigurationError where its constructor fails, whatever it throws
   * @throws IllegalStateException where there are two
   */
  void find() {
    if (injector != null) {
      return;
    }
    Iterator<FunctionInstanceInjector> found =
        ServiceLoader.load(FunctionInstanceInjector.class).iterator();
    FunctionInstanceInjector first = found.hasNext() ? found.next() : new NewEachTime();
    if (found.hasNext()) {
      throw new IllegalStateException(
          "Customer function app has multiple FunctionInstanceInjector implementations");
    }
    injector = first;
  }

  /** Throws what the injector or the constructor throws; an {@code Error} too. */
  Object of(Class<?> type) throws Exception {
    return injector.getInstance(type);
  }

  private static final class NewEachTime implements FunctionInstanceInjector {
    @Override
    public <T> T getInstance(Class<T> type) throws Exception {
      return type.getConstructor().newInstance();
    }
  }
}
