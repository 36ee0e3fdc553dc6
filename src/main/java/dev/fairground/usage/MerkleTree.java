package dev.fairground.usage;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The tree of RFC 6962, section 2.1, with SHA-256, over hashes that somebody keeps: those of
 * complete subtrees, of which each stays what it is once it is full. Appending to a tree, its root
 * and each proof take a number of them that grows with the logarithm of its size. Pure.
 */
final class MerkleTree {
  private static final byte[] LEAF = {0};
  private static final byte[] NODE = {1};

  private MerkleTree() {}

  /** A complete subtree: that over the 2^level leaves from position * 2^level on. */
  record Node(int level, long position) {}

  /** The leaves from {@code from} to before {@code to}, at least one, as the RFC parts them. */
  record Range(long from, long to) {
    /** The complete subtrees that it is made of, the largest first. */
    List<Node> cover() {
      var nodes = new ArrayList<Node>();
      for (var at = from; at < to; ) {
        var size = Long.highestOneBit(to - at);
        nodes.add(new Node(Long.numberOfTrailingZeros(size), at / size));
        at += size;
      }
      return nodes;
    }
  }

  /** The hash of the leaf that holds {@code data}. */
  static byte[] leaf(byte[] data) {
    return sha256(LEAF, data);
  }

  static byte[] node(byte[] left, byte[] right) {
    return sha256(NODE, left, right);
  }

  /** The root of a tree without leaves. */
  static byte[] empty() {
    return sha256("".getBytes(StandardCharsets.UTF_8));
  }

  /** The parts whose hashes prove that a leaf is in a tree, from the leaf up. */
  static List<Range> inclusion(long index, long size) {
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException("no leaf " + index + " in a tree of " + size);
    }
    var path = new ArrayList<Range>();
    long from = 0;
    var to = size;
    while (to - from > 1) {
      var middle = from + split(to - from);
      if (index < middle) {
        path.add(new Range(middle, to));
        to = middle;
      } else {
        path.add(new Range(from, middle));
        from = middle;
      }
    }
    return path.reversed();
  }

  /** The parts whose hashes prove that a tree was the beginning of another. */
  static List<Range> consistency(long first, long second) {
    if (first < 1 || first > second) {
      throw new IllegalArgumentException("no tree of " + first + " before one of " + second);
    }
    var path = new ArrayList<Range>();
    long from = 0;
    var to = second;
    var whole = true;
    while (first < to) {
      var middle = from + split(to - from);
      if (first <= middle) {
        path.add(new Range(middle, to));
        to = middle;
      } else {
        path.add(new Range(from, middle));
        from = middle;
        whole = false;
      }
    }
    if (!whole) {
      path.add(new Range(from, to));
    }
    return path.reversed();
  }

  /** The largest power of two below {@code size}. */
  private static long split(long size) {
    return Long.highestOneBit(size - 1);
  }

  /** What has to be known to hash these. */
  static Set<Node> needed(Collection<Range> ranges) {
    var nodes = new LinkedHashSet<Node>();
    ranges.forEach(range -> nodes.addAll(range.cover()));
    return nodes;
  }

  /** What has to be known to tell the root of a tree, or to append to it. */
  static Set<Node> edge(long size) {
    return size == 0 ? Set.of() : needed(List.of(new Range(0, size)));
  }

  static byte[] hash(Range range, Function<Node, byte[]> known) {
    var cover = range.cover();
    var hash = known.apply(cover.getLast());
    for (int i = cover.size() - 2; i >= 0; i--) {
      hash = node(known.apply(cover.get(i)), hash);
    }
    return hash;
  }

  static byte[] root(long size, Function<Node, byte[]> known) {
    return size == 0 ? empty() : hash(new Range(0, size), known);
  }

  /**
   * The complete subtrees that come with more leaves.
   *
   * @param edge what {@link #edge} asks for
   * @param leaves hashes of leaves
   */
  static Map<Node, byte[]> append(long size, Map<Node, byte[]> edge, List<byte[]> leaves) {
    var known = new HashMap<>(edge);
    var fresh = new HashMap<Node, byte[]>();
    for (int i = 0; i < leaves.size(); i++) {
      var node = new Node(0, size + i);
      var hash = leaves.get(i);
      known.put(node, hash);
      fresh.put(node, hash);
      while (node.position() % 2 == 1) {
        var left = known.get(new Node(node.level(), node.position() - 1));
        if (left == null) {
          throw new IllegalStateException("the edge of the tree is not whole at " + node);
        }
        hash = node(left, hash);
        node = new Node(node.level() + 1, node.position() / 2);
        known.put(node, hash);
        fresh.put(node, hash);
      }
    }
    return fresh;
  }

  static byte[] sha256(byte[]... parts) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (var part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
