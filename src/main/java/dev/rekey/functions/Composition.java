package dev.rekey.functions;

import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import dev.rekey.app.functions.FunctionApp;
import org.jspecify.annotations.Nullable;

/**
 * Makes the functions, each with the one app. Whatever fails here must be an exception of a call:
 * the Java worker never answers when this class can't be made or when an {@link Error} gets out,
 * and the host then waits for its timeout.
 */
public final class Composition implements FunctionInstanceInjector {
  private @Nullable FunctionApp app;

  @Override
  public <T> T getInstance(Class<T> functionClass) throws Exception {
    try {
      return functionClass.cast(
          functionClass.getDeclaredConstructor(FunctionApp.class).newInstance(app()));
    } catch (LinkageError broken) {
      throw new IllegalStateException("the package lacks a class, or holds one twice", broken);
    }
  }

  private synchronized FunctionApp app() {
    FunctionApp made = app == null ? new FunctionApp() : app;
    app = made;
    return made;
  }
}
