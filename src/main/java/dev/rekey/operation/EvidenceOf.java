package dev.rekey.operation;

import dev.rekey.key.KeyId;
import dev.rekey.key.KeyIdHash;
import dev.rekey.key.Ledger;
import dev.rekey.reencryption.Estimate;
import dev.rekey.reencryption.ExceptionReason;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.PassKind;
import dev.rekey.reencryption.PassOutcome;
import dev.rekey.reencryption.SecretException;
import dev.rekey.reencryption.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Draws an operation's evidence from what it has recorded; claims nothing that isn't there (promise
 * T1).
 */
public final class EvidenceOf {
  private final Operation operation;
  private final Ledger ledger;
  private final @Nullable ManagedCluster cluster;
  private final Instant now;
  private final List<SecretException> exceptions;
  private final List<KeyId> versions;

  private EvidenceOf(
      Operation operation,
      Ledger ledger,
      @Nullable ManagedCluster cluster,
      Instant now,
      List<SecretException> exceptions,
      List<KeyId> versions) {
    this.exceptions = exceptions;
    this.versions = versions;
    this.operation = operation;
    this.ledger = ledger;
    this.cluster = cluster;
    this.now = now;
  }

  /**
   * The evidence of an operation that has come to its last step.
   *
   * @param cluster the cluster as ARM shows it now; null where there is no ARM
   * @param previousHash the hash of the cluster's record before; null for the first
   * @param exceptions those of the last round, as many as the record can hold
   */
  public static Evidence of(
      Operation operation,
      Ledger ledger,
      @Nullable ManagedCluster cluster,
      @Nullable String previousHash,
      Instant now,
      List<SecretException> exceptions) {
    return of(operation, ledger, cluster, previousHash, now, exceptions, List.of());
  }

  /**
   * The same where ARM shows no key version.
   *
   * @param versions those that a hash may stand for
   */
  public static Evidence of(
      Operation operation,
      Ledger ledger,
      @Nullable ManagedCluster cluster,
      @Nullable String previousHash,
      Instant now,
      List<SecretException> exceptions,
      List<KeyId> versions) {
    return new EvidenceOf(operation, ledger, cluster, now, exceptions, versions)
        .assemble(previousHash);
  }

  /** What a phase that has come to its last step leaves for the evidence of the whole. */
  public static Evidence.Phase phase(Operation operation, Ledger ledger, String name, Instant now) {
    EvidenceOf of = new EvidenceOf(operation, ledger, null, now, List.of(), List.of());
    return new Evidence.Phase(name, of.secrets(), of.proof(of.lastProof()));
  }

  private Evidence assemble(@Nullable String previousHash) {
    ApprovalEvidence approval = new ApprovalEvidence(operation);
    return new Evidence(
        Evidence.SCHEMA,
        previousHash,
        identity(),
        keys(),
        securityProfile(),
        new ConvergenceEvidence(operation).convergence(),
        secrets(),
        proof(lastProof()),
        new CensusEvidence(operation, ledger, exceptions).census(),
        estimate(),
        exceptions(),
        exceptionReasons(),
        concerns(),
        approval.broughtBack(),
        approval.foundReadable(),
        new KeysInUseEvidence(operation, versions).keysInUse(),
        steps(),
        phases(),
        verdict());
  }

  private Evidence.Identity identity() {
    return new Evidence.Identity(
        operation.id(),
        operation.kind().token(),
        operation.cluster().value(),
        operation.origin().trigger().token(),
        operation.origin().actor(),
        operation.progress().orders().last(Order.Action.APPROVE).map(Order::actor).orElse(null),
        null,
        operation.origin().retryOf(),
        operation.startedAt(),
        now,
        Ending.Outcome.COMPLETED.token());
  }

  private Evidence.Keys keys() {
    List<KmsSettings> stops = operation.route().stops();
    return stops.isEmpty()
        ? new Evidence.Keys(null, target().map(KeyIdHash::label).orElse(null))
        : new Evidence.Keys(name(stops.get(0)), name(stops.get(stops.size() - 1)));
  }

  private static String name(KmsSettings settings) {
    return settings.key() == null ? KeyIdHash.PLAIN.label() : settings.key().url();
  }

  private Evidence.@Nullable SecurityProfile securityProfile() {
    if (cluster == null) {
      return null;
    }
    boolean enabled = cluster.kms().enabled();
    return new Evidence.SecurityProfile(
        new Evidence.AzureKeyVaultKms(enabled, cluster.kms().keyId()), now);
  }

  private Evidence.Secrets secrets() {
    Tally rewrite = lastRewrite().map(Pass::tally).orElse(Tally.NONE);
    return secrets(
        lastProof()
            .filter(Pass::hasEnded)
            .map(proof -> rewrite.settledBy(proof.tally(), movedByProofs()))
            .orElse(rewrite));
  }

  /** A round that is voided has rewritten all the same. */
  private long movedByProofs() {
    return operation.progress().passes().stream()
        .filter(pass -> pass.step().equals(StepName.PROVE.token()) && pass.hasEnded())
        .mapToLong(pass -> pass.tally().moves())
        .sum();
  }

  private static Evidence.Secrets secrets(Tally tally) {
    return new Evidence.Secrets(
        tally.discovered(),
        tally.rewritten(),
        tally.current(),
        tally.deleted(),
        tally.exceptions(),
        tally.remaining());
  }

  private Evidence.Proof proof(Optional<Pass> pass) {
    if (pass.isEmpty()) {
      return new Evidence.Proof("none", 0, 0, 0);
    }
    Tally tally = pass.get().tally();
    long unsettled = pass.get().exceptions().of(ExceptionReason.UNSETTLED);
    String method = pass.get().isBorneOutByCounters() ? "counters" : "looks";
    return new Evidence.Proof(method, tally.discovered(), tally.current(), unsettled);
  }

  /** What it took: from the prediction, next to the first write, to the end of the proof. */
  private Evidence.@Nullable Estimate estimate() {
    Estimate estimate = operation.progress().findings().estimate();
    PassOutcome proof = lastProof().map(Pass::outcome).orElse(null);
    if (estimate == null || proof == null) {
      return null;
    }
    Duration took = Duration.between(estimate.at(), proof.after().at());
    return new Evidence.Estimate(estimate.seconds(), Math.round(took.toMillis() / 1000.0));
  }

  private List<Evidence.Exempt> exceptions() {
    return exceptions.stream()
        .sorted(
            Comparator.comparing(SecretException::namespace).thenComparing(SecretException::name))
        .map(
            exception ->
                new Evidence.Exempt(
                    exception.namespace(),
                    exception.name(),
                    exception.reason().token(),
                    exception.by()))
        .toList();
  }

  private Map<String, Long> exceptionReasons() {
    Map<String, Long> counts = new TreeMap<>();
    lastRound(operation)
        .ifPresent(
            pass ->
                pass.exceptions()
                    .byReason()
                    .forEach((reason, count) -> counts.put(reason.token(), count)));
    return counts;
  }

  private List<Evidence.Concerning> concerns() {
    return operation.progress().findings().concerns().stream()
        .map(Evidence.Concerning::of)
        .toList();
  }

  private List<Evidence.StepLine> steps() {
    return operation.progress().steps().stream().map(Evidence.StepLine::of).toList();
  }

  private List<Evidence.Phase> phases() {
    Stream<Evidence.Phase> before =
        Stream.of(StepName.RESCUE, StepName.PROVE_CURRENT).flatMap(this::rewriteOf);
    return Stream.concat(operation.progress().phases().stream(), before).toList();
  }

  private Stream<Evidence.Phase> rewriteOf(StepName step) {
    return last(step, step == StepName.RESCUE ? PassKind.RESCUE : PassKind.WRITE).stream()
        .map(
            pass ->
                new Evidence.Phase(
                    step.token(), secrets(pass.tally()), proof(last(step, PassKind.PROOF))));
  }

  private Evidence.Verdict verdict() {
    String previous = previousKey();
    if (lastProof().isEmpty()) {
      return new Evidence.Verdict(previous, "not-known");
    }
    boolean proved = lastProof().get().provesExceptions();
    return new Evidence.Verdict(previous, proved ? Evidence.Verdict.NOT_NEEDED : "not-known");
  }

  private String previousKey() {
    boolean wasOn = operation.managed() && operation.route().stops().get(0).isOn();
    if (operation.managed() && !operation.after().isOn()) {
      return wasOn ? "keep-though-kms-is-off" : "none";
    }
    return operation.kind() == Kind.ENABLE ? "none" : "keep-until-next-rotation-is-proved";
  }

  /** The round whose exceptions are the operation's: the proof, or what there is instead. */
  public static Optional<Pass> lastRound(Operation operation) {
    return operation
        .progress()
        .lastPass(StepName.PROVE)
        .or(() -> operation.progress().lastPass(StepName.WRITE))
        .or(() -> operation.progress().lastPass(StepName.COUNT));
  }

  private Optional<KeyIdHash> target() {
    return lastRewrite().map(Pass::target).or(() -> lastProof().map(Pass::target));
  }

  private Optional<Pass> lastRewrite() {
    return last(StepName.WRITE, PassKind.WRITE).or(() -> last(StepName.COUNT, PassKind.COUNT));
  }

  private Optional<Pass> lastProof() {
    return last(StepName.PROVE, PassKind.PROOF);
  }

  private Optional<Pass> last(StepName step, PassKind kind) {
    return operation.progress().lastPass(step, kind);
  }
}
