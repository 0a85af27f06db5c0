package dev.rekey.operation.step;

import dev.rekey.key.KeyId;
import dev.rekey.key.KeyIdHash;
import dev.rekey.operation.Decision;
import dev.rekey.operation.Effect;
import dev.rekey.operation.Example;
import dev.rekey.operation.KmsSettings;
import dev.rekey.reencryption.Pass;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/** A decision in one line, as the decision tables show it: what is done, and its reason. */
final class Told {
  /** Effects that say all by their name. */
  private static final Set<Class<? extends Effect>> PLAIN =
      Set.of(
          Effect.NoteChecked.class,
          Effect.FindWriteKeys.class,
          Effect.MakeEstimate.class,
          Effect.BeginPass.class,
          Effect.EndPass.class,
          Effect.ReadQuietly.class,
          Effect.NoteSearch.class,
          Effect.LookForUnreadable.class,
          Effect.NoteNotCountable.class,
          Effect.Finish.class,
          Effect.UpdateVault.class,
          Effect.FinishPhase.class);

  private Told() {}

  static String of(Decision decision) {
    return what(decision) + ": " + decision.reason().token();
  }

  private static String what(Decision decision) {
    if (decision instanceof Decision.Act act) {
      return "act " + effect(act.effect());
    }
    if (decision instanceof Decision.Wait wait) {
      return "wait " + Duration.between(Example.NOW, wait.until()).toSeconds() + "s";
    }
    return words(decision.getClass());
  }

  private static String effect(Effect effect) {
    if (PLAIN.contains(effect.getClass())) {
      return words(effect.getClass());
    }
    if (effect instanceof Effect.ListSecrets list) {
      return list(list.pass());
    }
    if (effect instanceof Effect.Dispatch dispatch) {
      return "dispatch " + dispatch.shards() + " by " + dispatch.share();
    }
    if (effect instanceof Effect.NoteProved proved) {
      String orUnder = proved.orUnder() == null ? "" : " or " + version(proved.orUnder());
      return "note-proved " + version(proved.settings()) + orUnder + " at " + proved.etag();
    }
    if (effect instanceof Effect.UpgradeKubernetes upgrade) {
      return "upgrade to " + upgrade.to() + " at " + upgrade.etag();
    }
    Effect.UpdateCluster update = (Effect.UpdateCluster) effect;
    return "update "
        + version(update.from())
        + " to "
        + version(update.to())
        + " at "
        + update.etag();
  }

  /** A pass of the tables is called by its number; one that a decision made, by its turn. */
  private static String list(Pass pass) {
    String which = pass.id().contains("turn") ? "new " : "same ";
    String alone = pass.exceptionsOf() == null ? "" : " of exceptions";
    return "list " + which + pass.kind().name().toLowerCase(Locale.ROOT) + alone;
  }

  private static String version(KmsSettings settings) {
    KeyId key = settings.key();
    return key == null ? "off" : key.url().substring(key.url().lastIndexOf('/') + 1);
  }

  private static String version(KeyIdHash hash) {
    return IntStream.rangeClosed(0, 3)
        .filter(number -> Example.hash(number).equals(hash))
        .mapToObj(number -> "v" + number)
        .findFirst()
        .orElse(hash.label());
  }

  private static String words(Class<?> type) {
    return type.getSimpleName().replaceAll("(?<!^)([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
