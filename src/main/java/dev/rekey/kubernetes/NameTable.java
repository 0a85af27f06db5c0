package dev.rekey.kubernetes;

import dev.rekey.reencryption.Listing;
import dev.rekey.reencryption.SecretRef;
import dev.rekey.service.port.SecretsPage;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a {@code Table} answer.
 *
 * @param resourceVersion of the list, or of the one object that was patched
 * @param next the token of the list's next page; null if, and only if, it has come to its end
 * @param names one a row, in the server's order
 */
record NameTable(String resourceVersion, @Nullable String next, List<String> names) {

  NameTable {
    names = List.copyOf(names);
  }

  /**
   * @throws NotUnderstood or Jackson's own if it isn't a whole table of names alone
   */
  static NameTable read(InputStream body) throws IOException {
    return new NameTableReader().read(body);
  }

  /**
   * The Secrets of the namespace whose list this is. Rows don't name their own version, which would
   * be in the object; the list's is later than each, and earlier than any write that comes after.
   */
  SecretsPage secrets(String namespace) {
    List<SecretRef> secrets =
        names.stream().map(name -> new SecretRef(namespace, name, resourceVersion)).toList();
    return new SecretsPage.Names(secrets, resourceVersion, next);
  }

  Listing<String> listing() {
    return new Listing<>(names, next);
  }
}
