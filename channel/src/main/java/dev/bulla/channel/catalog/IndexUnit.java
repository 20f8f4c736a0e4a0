package dev.bulla.channel.catalog;

import dev.bulla.conda.name.Label;

/**
 * What has an index of its own: a subdir as one label shows it.
 *
 * @param place the subdir
 * @param label whose packages it lists; {@code main} is at the plain address
 */
public record IndexUnit(Place place, Label label) {
    /** What the plain address of a subdir shows. */
    public static IndexUnit main(Place place) {
        return new IndexUnit(place, Label.MAIN);
    }

    /** Whether it is at the plain address. */
    public boolean isMain() {
        return label.equals(Label.MAIN);
    }

    /** {@code channel/subdir}, or {@code channel/label/L/subdir}. */
    @Override
    public String toString() {
        return isMain() ? place.toString() : place.channel() + "/label/" + label + "/" + place.subdir();
    }
}
