package dev.rekey.storage;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The last texts, with what was written as them or read from them: the same text is the same
 * record. May be used by several threads.
 */
final class RememberedTexts {
  private final int most;
  private final Map<String, Object> texts;

  /**
   * @param most how many; 0 for none
   */
  RememberedTexts(int most) {
    this.most = most;
    this.texts =
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Object> eldest) {
            return size() > most;
          }
        };
  }

  static RememberedTexts none() {
    return new RememberedTexts(0);
  }

  void add(String text, Object value) {
    if (most > 0) {
      put(text, value);
    }
  }

  /** What is remembered of a text, or else what is read from it now. */
  <T> T orRead(String text, Class<T> type, Supplier<T> read) {
    Object known = most == 0 ? null : get(text);
    if (known != null) {
      return type.cast(known);
    }
    T value = read.get();
    add(text, value);
    return value;
  }

  private synchronized @Nullable Object get(String text) {
    return texts.get(text);
  }

  private synchronized void put(String text, Object value) {
    texts.put(text, value);
  }
}
