package dev.fairground.harvest;

/** Who is told what a file holds, in the file's order. */
public interface Sink {
  /** Takes everything and does nothing. */
  Sink NOBODY =
      new Sink() {
        @Override
        public void catalogue(CatalogueFacts facts) {}

        @Override
        public void resource(HarvestedResource resource) {}

        @Override
        public void product(HarvestedProduct product) {}

        @Override
        public void defect(Defect defect) {}
      };

  /**
   * What the file says of its catalogue as a whole. Told at most once, and at any time: what a file
   * says last is true of all its records.
   */
  void catalogue(CatalogueFacts facts);

  /** A record that can be kept. */
  void resource(HarvestedResource resource);

  /** A product or service of a published list. */
  void product(HarvestedProduct product);

  /** Something that is not as it should be; a record that is lost is told by its defect alone. */
  void defect(Defect defect);
}
