package dev.fairground;

/** Starts the server. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {}
}
