package dev.rekey.simulation.fault;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds out which place of the engine makes the present call. */
final class Callers {
  private static final String ENGINE = "dev.rekey.service.";
  private static final Pattern LAMBDA = Pattern.compile("lambda\\$(\\w+)\\$\\d+");
  private static final StackWalker STACK = StackWalker.getInstance();

  private Callers() {}

  /** Class and method; a lambda is named for the method that it is written in. */
  static String find() {
    return STACK.walk(
        frames ->
            frames
                .filter(frame -> frame.getClassName().startsWith(ENGINE))
                .findFirst()
                .map(Callers::name)
                .orElse("nobody"));
  }

  private static String name(StackWalker.StackFrame frame) {
    String type = frame.getClassName().substring(frame.getClassName().lastIndexOf('.') + 1);
    Matcher lambda = LAMBDA.matcher(frame.getMethodName());
    return type + "." + (lambda.matches() ? lambda.group(1) : frame.getMethodName());
  }
}
