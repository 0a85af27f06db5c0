package dev.rekey.kubernetes;

import com.fasterxml.jackson.core.JsonParser;
import dev.rekey.key.KeyIdHash;
import dev.rekey.reencryption.ReplicaLease;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the list of the API servers' identity leases. */
final class Leases {
  private final List<ReplicaLease> leases = new ArrayList<>();
  private boolean itemsSeen;

  private Leases() {}

  /** What is kept of one lease. */
  private static final class Lease {
    private @Nullable String name;
    private @Nullable String renewTime;

    void visit(String field, JsonParser value) throws IOException {
      if (field.equals("metadata")) {
        JsonStream.fields(
            value, (inner, text) -> name = inner.equals("name") ? JsonStream.text(text) : name);
      } else if (field.equals("spec")) {
        JsonStream.fields(
            value,
            (inner, text) ->
                renewTime = inner.equals("renewTime") ? JsonStream.text(text) : renewTime);
      }
    }

    ReplicaLease toReplica() throws NotUnderstood {
      if (name == null || renewTime == null) {
        throw new NotUnderstood("a lease has no name or was never renewed");
      }
      try {
        Instant renewedAt = OffsetDateTime.parse(renewTime).toInstant();
        // The metrics name an API server as they name a key: "sha256:" and the hash of the text.
        return new ReplicaLease(KeyIdHash.ofKmsKeyId(name).label(), renewedAt);
      } catch (DateTimeException noTime) {
        throw new NotUnderstood("a lease's renewTime is no time");
      }
    }
  }

  /**
   * @throws NotUnderstood or Jackson's own if it isn't a whole list of leases
   */
  static List<ReplicaLease> read(InputStream body) throws IOException {
    Leases list = new Leases();
    try (JsonParser parser = JsonStream.open(body)) {
      JsonStream.fields(parser, list::visit);
      JsonStream.expectEnd(parser);
    }
    if (!list.itemsSeen) {
      throw new NotUnderstood("it has no items");
    }
    return List.copyOf(list.leases);
  }

  private void visit(String field, JsonParser value) throws IOException {
    if (field.equals("kind") && !"LeaseList".equals(JsonStream.text(value))) {
      throw new NotUnderstood("it is no LeaseList");
    }
    if (field.equals("items")) {
      itemsSeen = true;
      JsonStream.elements(value, this::visitItem);
    }
  }

  private void visitItem(JsonParser element) throws IOException {
    Lease lease = new Lease();
    JsonStream.fields(element, lease::visit);
    leases.add(lease.toReplica());
  }
}
