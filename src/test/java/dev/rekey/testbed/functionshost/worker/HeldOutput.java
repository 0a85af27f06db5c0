package dev.rekey.testbed.functionshost.worker;

import com.microsoft.azure.functions.OutputBinding;

/** Keeps what a function wants written until it has succeeded. */
final class HeldOutput implements OutputBinding<Object> {
  private Object value;

  @Override
  public Object getValue() {
    return value;
  }

  @Override
  public void setValue(Object newValue) {
    value = newValue;
  }
}
