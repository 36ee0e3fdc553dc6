package dev.fairground.catalog;

import dev.fairground.kernel.Text;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A numbered edition of an operator's list; never changed after it was published.
 *
 * @param digestForm how {@code digest} is made: 1 of editions without a root, or 2
 * @param digest SHA-256 of what it shows, in hexadecimal digits
 * @param previousDigest that of the edition before; null for the first
 * @param root the digest of all entries; null in form 1
 * @param publishedBy the name of who published it; null for an import
 */
public record ProductList(
    UUID id,
    UUID operatorId,
    int number,
    Text title,
    OffsetDateTime publishedAt,
    int listingCount,
    int digestForm,
    String digest,
    @Nullable String previousDigest,
    @Nullable String root,
    @Nullable String publishedBy,
    @Nullable String source,
    boolean demonstration) {

  /** An edition by its operator and number. */
  record Number(UUID operatorId, int number) {}

  Number key() {
    return new Number(operatorId, number);
  }

  @Nullable Number previousKey() {
    return number == 1 ? null : new Number(operatorId, number - 1);
  }
}
