package dev.fairground.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairground.usage.MerkleTree.Node;
import dev.fairground.usage.MerkleTree.Range;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The tree against the vectors of certificate transparency, and against the RFC's own recursion.
 */
class MerkleTreeTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final List<byte[]> VECTORS =
      List.of(
              "",
              "00",
              "10",
              "2021",
              "3031",
              "40414243",
              "5051525354555657",
              "606162636465666768696a6b6c6d6e6f")
          .stream()
          .map(HEX::parseHex)
          .toList();

  private static Map<Node, byte[]> tree(List<byte[]> data) {
    return MerkleTree.append(0, Map.of(), data.stream().map(MerkleTree::leaf).toList());
  }

  private static byte[] known(Map<Node, byte[]> tree, Node node) {
    return Objects.requireNonNull(tree.get(node));
  }

  private static String root(Map<Node, byte[]> tree, long size) {
    return HEX.formatHex(MerkleTree.root(size, node -> known(tree, node)));
  }

  private static List<String> hashes(Map<Node, byte[]> tree, List<Range> ranges) {
    return ranges.stream()
        .map(range -> HEX.formatHex(MerkleTree.hash(range, node -> known(tree, node))))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "0,e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "1,6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "2,fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "3,aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "4,d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "5,4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "6,76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "7,ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "8,5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
  })
  void the_roots_are_those_of_the_known_vectors(int size, String root) {
    assertThat(root(tree(VECTORS), size)).isEqualTo(root);
  }

  @ParameterizedTest
  @CsvSource({
    "0,1,''",
    "0,8,96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e 6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    "5,8,bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0 d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "2,3,fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "1,5,6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
  })
  void proofs_of_inclusion_are_those_of_the_known_vectors(int leaf, int size, String proof) {
    assertThat(String.join(" ", hashes(tree(VECTORS), MerkleTree.inclusion(leaf, size))))
        .isEqualTo(proof);
  }

  @ParameterizedTest
  @CsvSource({
    "1,1,''",
    "1,8,96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e 6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    "6,8,0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0 d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "2,5,5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
  })
  void proofs_of_consistency_are_those_of_the_known_vectors(int first, int second, String proof) {
    assertThat(String.join(" ", hashes(tree(VECTORS), MerkleTree.consistency(first, second))))
        .isEqualTo(proof);
  }

  /** The RFC's definitions as they stand, over all leaves at once. */
  private static byte[] mth(List<byte[]> d) {
    if (d.isEmpty()) {
      return MerkleTree.sha256();
    }
    if (d.size() == 1) {
      return MerkleTree.sha256(new byte[] {0}, d.getFirst());
    }
    var k = Integer.highestOneBit(d.size() - 1);
    return MerkleTree.sha256(new byte[] {1}, mth(d.subList(0, k)), mth(d.subList(k, d.size())));
  }

  private static List<String> path(int m, List<byte[]> d) {
    if (d.size() == 1) {
      return List.of();
    }
    var k = Integer.highestOneBit(d.size() - 1);
    var left = d.subList(0, k);
    var right = d.subList(k, d.size());
    var path = new ArrayList<>(m < k ? path(m, left) : path(m - k, right));
    path.add(HEX.formatHex(mth(m < k ? right : left)));
    return path;
  }

  private static List<String> subproof(int m, List<byte[]> d, boolean whole) {
    if (m == d.size()) {
      return whole ? List.of() : List.of(HEX.formatHex(mth(d)));
    }
    var k = Integer.highestOneBit(d.size() - 1);
    var left = d.subList(0, k);
    var right = d.subList(k, d.size());
    var proof = new ArrayList<>(m <= k ? subproof(m, left, whole) : subproof(m - k, right, false));
    proof.add(HEX.formatHex(mth(m <= k ? right : left)));
    return proof;
  }

  @Test
  void trees_that_grew_in_steps_of_any_size_prove_what_the_rfc_says() {
    var random = new Random(6962);
    for (int round = 0; round < 12; round++) {
      var kept = new HashMap<Node, byte[]>();
      var data = new ArrayList<byte[]>();
      while (data.size() < 150) {
        var more =
            IntStream.range(0, 1 + random.nextInt(random.nextBoolean() ? 3 : 70))
                .mapToObj(i -> ByteBuffer.allocate(8).putLong(random.nextLong()).array())
                .toList();
        // Nothing but the edge is known to whoever appends.
        var edge = new HashMap<Node, byte[]>();
        MerkleTree.edge(data.size()).forEach(node -> edge.put(node, known(kept, node)));
        var fresh =
            MerkleTree.append(data.size(), edge, more.stream().map(MerkleTree::leaf).toList());
        assertThat(kept.keySet()).doesNotContainAnyElementsOf(fresh.keySet());
        kept.putAll(fresh);
        data.addAll(more);
        var size = data.size();
        assertThat(root(kept, size)).isEqualTo(HEX.formatHex(mth(data)));
        var leaf = random.nextInt(size);
        var before = 1 + random.nextInt(size);
        var old = 1 + random.nextInt(size);
        assertThat(hashes(kept, MerkleTree.inclusion(leaf, size))).isEqualTo(path(leaf, data));
        assertThat(hashes(kept, MerkleTree.inclusion(Math.min(leaf, old - 1), old)))
            .isEqualTo(path(Math.min(leaf, old - 1), data.subList(0, old)));
        assertThat(hashes(kept, MerkleTree.consistency(before, size)))
            .isEqualTo(subproof(before, data, true));
      }
    }
  }

  @Test
  void a_proof_of_a_large_tree_takes_few_hashes() {
    var size = 1_000_003L;
    assertThat(MerkleTree.needed(MerkleTree.inclusion(777_777, size))).hasSizeLessThan(45);
    assertThat(MerkleTree.needed(MerkleTree.consistency(777_777, size))).hasSizeLessThan(45);
    assertThat(MerkleTree.edge(size)).hasSize(Long.bitCount(size));
  }

  @Test
  void what_no_tree_has_is_refused() {
    assertThatThrownBy(() -> MerkleTree.inclusion(3, 3))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> MerkleTree.inclusion(-1, 3))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> MerkleTree.consistency(4, 3))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> MerkleTree.consistency(0, 3))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> MerkleTree.append(3, Map.of(), List.of(new byte[32])))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("edge");
  }
}
