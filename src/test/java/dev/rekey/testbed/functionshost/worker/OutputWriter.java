package dev.rekey.testbed.functionshost.worker;

import dev.rekey.testbed.functionshost.PackagedFunction;
import java.util.Map;

/** Writes a function's outputs, once it has succeeded. */
@FunctionalInterface
public interface OutputWriter {

  /**
   * @param values by the names of the bindings
   */
  void write(PackagedFunction function, Map<String, Object> values);
}
