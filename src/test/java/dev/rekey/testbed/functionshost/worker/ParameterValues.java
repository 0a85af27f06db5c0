package dev.rekey.testbed.functionshost.worker;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.OutputBinding;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The arguments of one call. Of the worker's conversions only those to text, whole numbers and
 * requests are here: a parameter of another type fails the call with a message that says so.
 */
final class ParameterValues {
  /** Read by name: the app brings its own copy of the annotations. */
  private static final String ANNOTATIONS = "com.microsoft.azure.functions.annotation.";

  private final LoadedFunction function;
  private final TriggerInput input;
  private final ExecutionContext context;
  private final Map<String, HeldOutput> outputs = new LinkedHashMap<>();

  ParameterValues(LoadedFunction function, TriggerInput input, ExecutionContext context) {
    this.function = function;
    this.input = input;
    this.context = context;
  }

  Object[] bind() {
    Parameter[] parameters = function.method().getParameters();
    Object[] values = new Object[parameters.length];
    for (int index = 0; index < parameters.length; index++) {
      values[index] = value(parameters[index]);
    }
    return values;
  }

  /** By the names of their parameters. */
  Map<String, HeldOutput> outputs() {
    return outputs;
  }

  private Object value(Parameter parameter) {
    if (parameter.getType() == ExecutionContext.class) {
      return context;
    }
    String name = annotated(parameter, "name");
    if (parameter.getType() == OutputBinding.class) {
      return outputs.computeIfAbsent(name, any -> new HeldOutput());
    }
    if (name.equals(function.packaged().trigger().name())) {
      return ofTrigger(parameter);
    }
    String bound = annotated(parameter, "value");
    if (bound.isEmpty()) {
      throw new IllegalArgumentException("no binding for parameter " + parameter);
    }
    return converted(
        parameter,
        input
            .bound(bound)
            .orElseThrow(() -> new IllegalArgumentException("nothing sent as " + bound)));
  }

  private Object ofTrigger(Parameter parameter) {
    if (parameter.getType() != HttpRequestMessage.class) {
      return converted(parameter, input.value());
    }
    ReceivedRequest request = (ReceivedRequest) input.value();
    String body = argumentOf(parameter.getParameterizedType()).getTypeName();
    if (body.equals("java.util.Optional<java.lang.String>")) {
      return request.withBody(Optional.ofNullable(request.body()));
    }
    if (body.equals("java.lang.String")) {
      return request;
    }
    throw unsupported(parameter);
  }

  private static Type argumentOf(Type type) {
    return type instanceof ParameterizedType generic
        ? generic.getActualTypeArguments()[0]
        : Object.class;
  }

  private Object converted(Parameter parameter, Object value) {
    Class<?> type = parameter.getType();
    if (type == String.class && !(value instanceof ReceivedRequest)) {
      return value.toString();
    }
    if (type == long.class || type == Long.class) {
      return Long.valueOf(value.toString());
    }
    if (type == int.class || type == Integer.class) {
      return Integer.valueOf(value.toString());
    }
    throw unsupported(parameter);
  }

  private IllegalArgumentException unsupported(Parameter parameter) {
    return new IllegalArgumentException(
        "this host binds String, int, long and HttpRequestMessage of Optional<String> or String,"
            + " not "
            + parameter.getParameterizedType().getTypeName());
  }

  /** The annotation's {@code name} (a binding) or {@code value} (@BindingName); else empty. */
  private static String annotated(Parameter parameter, String property) {
    for (Annotation annotation : parameter.getAnnotations()) {
      if (annotation.annotationType().getName().startsWith(ANNOTATIONS)) {
        try {
          Method method = annotation.annotationType().getMethod(property);
          return (String) method.invoke(annotation);
        } catch (NoSuchMethodException e) {
          continue; // @BindingName has no name, a trigger no value
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException(annotation.toString(), e);
        }
      }
    }
    return "";
  }
}
