package dev.rekey.testbed.functionshost.worker;

import dev.rekey.testbed.functionshost.PackagedFunction;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;

/** A function's class and method, found by the worker's rules. */
record LoadedFunction(PackagedFunction packaged, Class<?> type, Method method) {

  /**
   * The class is not initialised yet, so a failing static initialiser shows at the first call.
   *
   * @throws ReflectiveOperationException where the class or a public method of its own isn't there
   * @throws IllegalStateException where several methods have the name
   */
  static LoadedFunction load(PackagedFunction function, ClassLoader app)
      throws ReflectiveOperationException {
    Class<?> type = Class.forName(function.className(), false, app);
    List<Method> methods =
        Arrays.stream(type.getMethods())
            .filter(method -> method.getDeclaringClass() == type)
            .filter(method -> method.getName().equals(function.methodName()))
            .toList();
    if (methods.isEmpty()) {
      throw new NoSuchMethodException(
          "There are no methods named \"%s\" in class \"%s\""
              .formatted(function.methodName(), function.className()));
    }
    if (methods.size() > 1) {
      throw new IllegalStateException(
          "Found more than one function with method name \"%s\" in class \"%s\""
              .formatted(function.methodName(), function.className()));
    }
    return new LoadedFunction(function, type, methods.get(0));
  }
}
