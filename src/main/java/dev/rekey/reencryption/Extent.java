package dev.rekey.reencryption;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a list found in a {@link Scope}: as much as is needed to halve it, or to name what lies in
 * it.
 *
 * @param members its namespaces, or its Secrets, in order; empty where there are too many to keep
 * @param middle the name that halves it by number of Secrets; null where there is one member or
 *     none
 */
public record Extent(List<Member> members, @Nullable String middle) {

  /**
   * A namespace, or a Secret.
   *
   * @param secrets how many Secrets it is
   */
  public record Member(String name, long secrets) {}

  public Extent {
    members = List.copyOf(members);
  }
}
