package dev.rekey.app.functions;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the engine at the first call. The platform may start a process before it knows the
 * settings, so nothing is read earlier.
 *
 * <p>Settings don't change in a process: that they can't be used is remembered. Any other failure
 * may pass, so the next call tries again.
 */
final class EngineOnce implements Supplier<Engine> {
  private final Supplier<Map<String, String>> environment;
  private final Function<Settings, Parts> open;
  private @Nullable Engine engine;
  private @Nullable List<String> problems;

  EngineOnce(Supplier<Map<String, String>> environment, Function<Settings, Parts> open) {
    this.environment = environment;
    this.open = open;
  }

  /**
   * The engine.
   *
   * @throws InvalidSettings if the settings can't be used
   */
  @Override
  public synchronized Engine get() {
    if (problems != null) {
      throw new InvalidSettings(problems);
    }
    Engine made = engine == null ? make() : engine;
    engine = made;
    return made;
  }

  private Engine make() {
    try {
      Settings settings = Settings.read(environment.get());
      return new Engine(settings, open.apply(settings));
    } catch (InvalidSettings invalid) {
      problems = invalid.problems();
      throw invalid;
    }
  }
}
