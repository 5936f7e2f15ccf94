// zh: 习题 4.2：枕边的字条。 en: Exercise 4.2: a note on the pillow.
#include "ch4_machine/inside.hpp"
#include "ch4_machine/machine.hpp"
#include "observe/fatal.hpp"

namespace newproc::rt {

void noteclear([[maybe_unused]] note& n) {
  // TODO zh: 还没有发生。 en: It has not happened.
}

void notewakeup([[maybe_unused]] note& n) {
  // TODO zh: 发生了；有人睡着就叫醒他。 en: It has happened: wake the sleeper.
}

void notesleep([[maybe_unused]] note& n) {
  // TODO zh: 睡到它发生。 en: Sleep until it has happened.
}

}  // namespace newproc::rt
