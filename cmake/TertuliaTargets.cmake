# How the folders of src/ become libraries.
#
#   tertulia_folder(text SOURCES normalizer.cc … LINK base data ICU::uc)
#
# makes the object library tertulia_text; `base` and `data` are other folders, the rest link targets.
# Folders listed as TRAINING go into the second library, Tertulia::train.
set_property(GLOBAL PROPERTY TERTULIA_RUNTIME_FOLDERS "")
set_property(GLOBAL PROPERTY TERTULIA_TRAINING_FOLDERS "")
set_property(GLOBAL PROPERTY TERTULIA_THIRD_PARTY "")

include(GenerateExportHeader)
set(TERTULIA_EXPORT_DIR "${PROJECT_BINARY_DIR}/include/tertulia")

add_library(tertulia_options INTERFACE)
target_compile_features(tertulia_options INTERFACE cxx_std_20)
target_include_directories(tertulia_options INTERFACE
  "${PROJECT_SOURCE_DIR}/include" "${PROJECT_SOURCE_DIR}/src" "${PROJECT_BINARY_DIR}/include" "${PROJECT_BINARY_DIR}/generated")
# -Wno-restrict: GCC 12 reports impossible overlaps in std::string (GCC bug 105651).
target_compile_options(tertulia_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wno-restrict $<$<BOOL:${TERTULIA_WARNINGS_AS_ERRORS}>:-Werror>)

function(tertulia_folder name)
  cmake_parse_arguments(ARG "TRAINING" "TARGET" "SOURCES;LINK" ${ARGN})
  set(target tertulia_${name})
  add_library(${target} OBJECT ${ARG_SOURCES})
  set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE ON CXX_VISIBILITY_PRESET hidden
                        VISIBILITY_INLINES_HIDDEN ON CXX_EXTENSIONS OFF)
  target_compile_definitions(${target} PRIVATE tertulia_EXPORTS)
  target_link_libraries(${target} PUBLIC tertulia_options)
  # Of another folder (an object library) CMake hands on the usage requirements, never the objects.
  foreach(item IN LISTS ARG_LINK)
    if(TARGET tertulia_${item})
      set(item tertulia_${item})
    endif()
    target_link_libraries(${target} PUBLIC ${item})
    get_target_property(type ${item} TYPE)
    if(NOT type STREQUAL "OBJECT_LIBRARY")
      set_property(GLOBAL APPEND PROPERTY TERTULIA_THIRD_PARTY ${item})
    endif()
  endforeach()
  if(ARG_TRAINING)
    set_property(GLOBAL APPEND PROPERTY TERTULIA_TRAINING_FOLDERS ${target})
  else()
    set_property(GLOBAL APPEND PROPERTY TERTULIA_RUNTIME_FOLDERS ${target})
  endif()
endfunction()

# Lists the .cc files of a folder of plug-ins (one constant <name>_entry each) into a generated table, sorted by name:
# nothing registers itself at start-up, and the linker drops nothing.
#   tertulia_table(OUT readers.inc DIR readers TYPE ReaderEntry)
function(tertulia_table)
  cmake_parse_arguments(ARG "" "OUT;DIR;TYPE;SOURCES_VAR" "" ${ARGN})
  file(GLOB files CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/${ARG_DIR}/*.cc")
  list(SORT files)
  set(declarations "")
  set(entries "")
  foreach(file IN LISTS files)
    get_filename_component(stem "${file}" NAME_WE)
    string(APPEND declarations "extern const ${ARG_TYPE} ${stem}_entry;\n")
    string(APPEND entries "    &${stem}_entry,\n")
  endforeach()
  file(CONFIGURE OUTPUT "${PROJECT_BINARY_DIR}/generated/${ARG_OUT}" CONTENT
"// Made by cmake/TertuliaTargets.cmake from the files of ${ARG_DIR}/; do not edit.
${declarations}inline constexpr const ${ARG_TYPE}* kEntries[] = {
${entries}};
")
  set(${ARG_SOURCES_VAR} ${files} PARENT_SCOPE)
endfunction()

# The two libraries that a user links, made of the folders' objects.
function(tertulia_add_libraries)
  get_property(runtime GLOBAL PROPERTY TERTULIA_RUNTIME_FOLDERS)
  get_property(training GLOBAL PROPERTY TERTULIA_TRAINING_FOLDERS)
  get_property(third_party GLOBAL PROPERTY TERTULIA_THIRD_PARTY)
  list(REMOVE_DUPLICATES third_party)
  # Our own imported targets mean nothing to a stranger's project: their libraries are named instead.
  set(linked "")
  foreach(item IN LISTS third_party)
    get_target_property(name ${item} TERTULIA_LIBRARY)
    if(NOT name)
      list(APPEND linked ${item})
    elseif(NOT name STREQUAL "none")
      list(APPEND linked $<BUILD_INTERFACE:${item}> $<INSTALL_INTERFACE:${name}>)
    else()
      list(APPEND linked $<BUILD_INTERFACE:${item}>)
    endif()
  endforeach()

  set(objects "")
  foreach(folder IN LISTS runtime)
    list(APPEND objects $<TARGET_OBJECTS:${folder}>)
  endforeach()
  add_library(tertulia ${objects})
  set(objects "")
  foreach(folder IN LISTS training)
    list(APPEND objects $<TARGET_OBJECTS:${folder}>)
  endforeach()
  add_library(tertulia_training ${objects})
  foreach(target IN ITEMS tertulia tertulia_training)
    target_compile_features(${target} PUBLIC cxx_std_17)
    target_include_directories(${target} PUBLIC
      $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include> $<BUILD_INTERFACE:${PROJECT_BINARY_DIR}/include>
      $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
    set_target_properties(${target} PROPERTIES VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR}
                          LINKER_LANGUAGE CXX)
  endforeach()
  target_link_libraries(tertulia PRIVATE ${linked} Threads::Threads)
  target_link_libraries(tertulia_training PUBLIC tertulia PRIVATE ${linked} Threads::Threads)
  set_target_properties(tertulia PROPERTIES EXPORT_NAME tertulia)
  set_target_properties(tertulia_training PROPERTIES EXPORT_NAME train)
  add_library(Tertulia::tertulia ALIAS tertulia)
  add_library(Tertulia::train ALIAS tertulia_training)
  generate_export_header(tertulia EXPORT_FILE_NAME "${TERTULIA_EXPORT_DIR}/export.h" BASE_NAME TERTULIA)
endfunction()
