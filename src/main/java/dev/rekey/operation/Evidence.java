package dev.rekey.operation;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The record that an operation leaves for an auditor, schema {@code rekey.dev/evidence/v1}. The
 * components have the names of the document's members.
 *
 * @param previousHash {@code sha256:} of the stored bytes of the cluster's record before; null for
 *     the first
 * @param estimate what write and proof were predicted to take; null where nothing was predicted
 * @param exceptions the Secrets that could not be rewritten; the first of them where all would not
 *     fit into the record
 * @param concerns what the checks had warned of, or could not tell, before anything was changed;
 *     none where they weren't made
 * @param broughtBack the key version that was made current again; null where none was
 * @param foundReadable what was found before KMS v1 was turned off; null where it wasn't
 * @param keysInUse which keys the API servers were seen to use, where ARM shows no key version;
 *     null where it does, and KMS is on
 * @param phases earlier rewrites of a kind that rewrites more than once
 */
public record Evidence(
    String schema,
    @Nullable String previousHash,
    Identity operation,
    Keys key,
    @Nullable SecurityProfile securityProfile,
    Convergence convergence,
    Secrets secrets,
    Proof proof,
    Census census,
    @Nullable Estimate estimate,
    List<Exempt> exceptions,
    Map<String, Long> exceptionReasons,
    List<Concerning> concerns,
    @Nullable BroughtBack broughtBack,
    @Nullable FoundReadable foundReadable,
    @Nullable KeysInUse keysInUse,
    List<StepLine> steps,
    List<Phase> phases,
    Verdict verdict) {

  public static final String SCHEMA = "rekey.dev/evidence/v1";

  /**
   * Which operation it was.
   *
   * @param retryOf the operation whose exceptions alone were rewritten, before everything was
   *     proved; null if it rewrote all Secrets
   */
  public record Identity(
      String id,
      String kind,
      String cluster,
      String trigger,
      String actor,
      @Nullable String approver,
      @Nullable String override,
      @Nullable String retryOf,
      Instant startedAt,
      Instant endedAt,
      String outcome) {}

  /** Key version URLs, or hashes where no URL is known. */
  public record Keys(@Nullable String from, @Nullable String to) {}

  /** What ARM showed at the end. */
  public record SecurityProfile(AzureKeyVaultKms azureKeyVaultKms, Instant readAt) {}

  /** The member of ARM's body, as read. */
  public record AzureKeyVaultKms(boolean enabled, @Nullable String keyId) {}

  /**
   * How it was seen that every replica reads and writes with the key.
   *
   * @param method {@code predicted}: the key's hash was computed from its URL and found; {@code
   *     observed}: the one hash that every replica wrote with; {@code reloaded}: none, each replica
   *     has restarted or loaded another configuration since the update, and writes plain; {@code
   *     none}: not looked at (a census)
   */
  public record Convergence(String method, List<Replica> replicas) {}

  /** One API server. */
  public record Replica(
      String apiServerIdHash,
      String keyIdHash,
      @Nullable Instant readsSince,
      Instant writesSince) {}

  /** The tally of the last rewrite; of the round of looks for a census. */
  public record Secrets(
      long discovered,
      long rewritten,
      long current,
      long deleted,
      long exceptions,
      long remaining) {}

  /**
   * The proof pass.
   *
   * @param method {@code counters}: every look left the Secret unmoved, and the counters bear it
   *     out; {@code looks}: an API server read again and again for a Secret that it can't decrypt,
   *     so the counters say nothing; {@code none}: nothing was to be proved
   */
  public record Proof(String method, long checked, long unchanged, long unsettled) {}

  /**
   * How many Secrets lay under each key, by the counters: exact on a quiet cluster, otherwise at
   * most.
   *
   * @param before before the operation; null where it wasn't counted
   * @param unknown Secrets that could not be decrypted, so lie under a key that can't be told
   * @param accuracy how far the counts are upper bounds; null where the operation isn't a census
   * @param places where Secrets lie elsewhere than under the key that all should lie under; a
   *     namespace, and with {@code --objects} each Secret too
   * @param unnamed why {@code places} may not be all; empty if it is
   */
  public record Census(
      @Nullable Map<String, Long> before,
      Map<String, Long> after,
      long plain,
      long unknown,
      @Nullable Accuracy accuracy,
      List<Place> places,
      List<String> unnamed) {}

  /**
   * How far the counts of a census are upper bounds.
   *
   * @param exact whether nothing was read but each Secret once, so that each count is exact
   * @param tooHighByAtMost stored values that others read during the count: by so much the counts
   *     are too high at most, all together
   * @param tooHighByAbout the same for each key, as far as the quiet time tells
   * @param othersReadPerSecond by key, what others read in the quiet time before and after
   * @param quietSeconds how long that time was; 0 where API servers restarted in it
   */
  public record Accuracy(
      boolean exact,
      long tooHighByAtMost,
      Map<String, Long> tooHighByAbout,
      Map<String, Double> othersReadPerSecond,
      double quietSeconds) {}

  /**
   * Where Secrets lie under another key.
   *
   * @param name the one Secret; null for a namespace
   * @param key the key's URL where known, else its hash; {@code plain} for plain ones, {@code
   *     unknown} for those that can't be decrypted
   */
  public record Place(String namespace, @Nullable String name, String key, long atMost) {}

  /** What write and proof were predicted to take, and what they took. */
  public record Estimate(long seconds, long actualSeconds) {}

  /** A Secret that could not be rewritten. */
  public record Exempt(String namespace, String name, String reason, @Nullable String by) {}

  /**
   * What a check had found that stood against nothing.
   *
   * @param verdict {@code warned}, {@code cannot-tell}, or {@code failed} for an outage
   */
  public record Concerning(String check, String verdict, String seen) {
    static Concerning of(Concern concern) {
      return new Concerning(concern.check(), concern.verdict().token(), concern.seen());
    }
  }

  /**
   * A dropped key version that was made current again.
   *
   * @param key its URL
   * @param shownBy what told that it is the missing one: {@code ledger}, {@code api-server}, {@code
   *     order} (the newest that is in no slot), {@code again} or {@code person}
   * @param unreadable Secrets that could not be decrypted just before
   * @param counted whether all others were counted then, and none lay under the slot that this
   *     dropped; if not, the plan that was approved said so
   */
  public record BroughtBack(
      String key, @Nullable String shownBy, long unreadable, boolean counted) {}

  /**
   * Every Secret was found readable under KMS v1, of which no more can be known.
   *
   * @param approver who approved on that
   */
  public record FoundReadable(long secrets, @Nullable String approver) {}

  /**
   * Which keys the API servers were seen to use at the end.
   *
   * @param versions what the hashes among all that was seen stand for, where the vault holds a
   *     version of the cluster's key whose hash is predicted to be that; empty where none fits, and
   *     where the key is AKS' own
   */
  public record KeysInUse(List<ServerKeys> apiServers, List<KeyVersionSeen> versions) {}

  /**
   * One API server.
   *
   * @param lastWrote the hash of the key that it has written with last; {@code plain} if it has
   *     only written plain since it started, null if nothing
   * @param lastWroteAt when; null where that isn't told, as of plain ones
   * @param reads the hashes of all keys that it can read with now
   */
  public record ServerKeys(
      String apiServerIdHash,
      @Nullable String lastWrote,
      @Nullable Instant lastWroteAt,
      List<String> reads) {}

  /**
   * A hash that was seen.
   *
   * @param keyId the key version that it stands for
   * @param method {@code predicted}: the version's hash was computed from its URL
   */
  public record KeyVersionSeen(String keyIdHash, String keyId, String method) {}

  /** A step that was done. */
  public record StepLine(
      String step, String outcome, String reason, Instant startedAt, Instant endedAt) {
    static StepLine of(StepReport report) {
      return new StepLine(
          report.step().token(),
          "done",
          report.reason().token(),
          report.startedAt(),
          report.endedAt());
    }
  }

  /** An earlier rewrite. */
  public record Phase(String step, Secrets secrets, Proof proof) {}

  /**
   * Advice on earlier keys, never an action.
   *
   * @param previousKey the key version in the previous slot
   * @param oldestKey every older one
   */
  public record Verdict(String previousKey, String oldestKey) {
    /** Every Secret is proved to lie elsewhere. */
    public static final String NOT_NEEDED = "not-needed-by-this-cluster";
  }
}
