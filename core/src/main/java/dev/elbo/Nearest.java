package dev.elbo;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** The choice that a mistyped word most likely meant. */
public final class Nearest {
  private Nearest() {}

  /** The first of the choices at the least edit distance, unless half the word would change. */
  public static Optional<String> to(String word, Collection<String> choices) {
    String typed = word.toLowerCase(Locale.ROOT);
    String best = null;
    int least = typed.length() / 2 + 1;
    for (String choice : choices) {
      int distance = distance(typed, choice);
      if (distance < least) {
        best = choice;
        least = distance;
      }
    }
    return Optional.ofNullable(best);
  }

  /** Levenshtein's: insertions, deletions and substitutions. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substitution = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substitution, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
