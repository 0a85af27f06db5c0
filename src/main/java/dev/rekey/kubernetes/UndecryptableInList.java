package dev.rekey.kubernetes;

import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.SecretsPage;
import org.jspecify.annotations.Nullable;

/** A list that an API server can't read past one of its Secrets. */
final class UndecryptableInList {
  private UndecryptableInList() {}

  /**
   * Which Secret it is, by the server's own words, and where the list goes on behind it.
   *
   * @param next the token that was sent; null for the first page
   * @param fault what the refusal is otherwise
   * @return null if it is another refusal, or doesn't name one Secret of this namespace
   */
  static SecretsPage.@Nullable StoppedAt stop(
      Refusal refusal, String namespace, @Nullable String next, OutsideFault fault) {
    if (fault.kind() != OutsideFault.Kind.UNDECRYPTABLE) {
      return null;
    }
    String name = ServerTexts.untransformable(refusal, namespace);
    return name == null
        ? null
        : new SecretsPage.StoppedAt(name, ContinueToken.behind(name, next), fault);
  }
}
