package dev.rekey.benchmark;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is to be measured, from system properties.
 *
 * @param secrets {@code benchmark.secrets}, by default 4000: how many each client rewrites
 * @param repeats {@code benchmark.repeats}, by default 2: rounds that count
 * @param only {@code benchmark.only}, by default empty for all: names of clients, comma separated
 * @param warmUp {@code benchmark.warmUp}, by default true: a round before those that count
 * @param parts {@code benchmark.parts}, by default all of {@code near,distant,small}: at the API
 *     server, over a round trip of 10 ms, with 100 Secrets
 */
record Settings(int secrets, int repeats, Set<String> only, boolean warmUp, Set<String> parts) {

  static Settings read() {
    return new Settings(
        Integer.getInteger("benchmark.secrets", 4000),
        Integer.getInteger("benchmark.repeats", 2),
        names(System.getProperty("benchmark.only", "")),
        Boolean.parseBoolean(System.getProperty("benchmark.warmUp", "true")),
        names(System.getProperty("benchmark.parts", "near,distant,small")));
  }

  private static Set<String> names(String list) {
    Set<String> names = new TreeSet<>(Arrays.asList(list.strip().split("\\s*,\\s*")));
    names.remove("");
    return names;
  }

  boolean includes(Client client) {
    return only.isEmpty() || only.contains(client.name());
  }
}
