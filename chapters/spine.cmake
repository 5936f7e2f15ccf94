# zh: 读 spine.txt：NEWPROC_SPINE 是各章的键，NEWPROC_LAST 是最后一章的号码。
# en: Reads spine.txt: NEWPROC_SPINE are the chapters' keys, NEWPROC_LAST is the last one's number.
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/spine.txt)
file(STRINGS ${CMAKE_CURRENT_LIST_DIR}/spine.txt lines ENCODING UTF-8 REGEX "^\\[|^standins:")
set(NEWPROC_SPINE "")
foreach(line ${lines})
  if(line MATCHES "^\\[(ch([0-9]+)_[^]]+)\\]")
    list(APPEND NEWPROC_SPINE ${CMAKE_MATCH_1})
    set(NEWPROC_LAST ${CMAKE_MATCH_2})
  elseif(line MATCHES "^standins: *(.*)")
    # zh: ch1_entry/machine -> standin_ch1_entry_machine，目标的名字里不能有 / en: targets have no / in names
    string(REGEX REPLACE "([^ /]+)/([^ ]+)" "standin_\\1_\\2" standins "${CMAKE_MATCH_1}")
    separate_arguments(NEWPROC_STANDINS_${NEWPROC_LAST} UNIX_COMMAND "${standins}")
  endif()
endforeach()

# zh: 检查点 number 的模块：第 1 到 number 章，和它的替身。
# en: The modules of the checkpoint number: chapters 1 to number, and its stand-ins.
function(newproc_modules result number)
  set(modules "")
  foreach(chapter ${NEWPROC_SPINE})
    list(APPEND modules ${chapter})
    if(chapter MATCHES "^ch${number}_")
      break()
    endif()
  endforeach()
  set(${result} ${modules} ${NEWPROC_STANDINS_${number}} PARENT_SCOPE)
endfunction()

# zh: 一个模块的源码：一章的全部 .cpp，或一个替身。
# en: A module's sources: all of a chapter's .cpp, or a stand-in.
function(newproc_sources result module)
  if(module MATCHES "^standin_(ch[0-9]+_.+)_([a-z]+)$")
    set(sources ${PROJECT_SOURCE_DIR}/chapters/${CMAKE_MATCH_1}/standin_${CMAKE_MATCH_2}.cpp)
  else()
    file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/runtime/${module}/*.cpp)
  endif()
  set(${result} ${sources} PARENT_SCOPE)
endfunction()
